public import Telemetry

/// Turns the library's statistics into metrics. Series come and go with brokers and partitions, so they are read from the last document of
/// each client. Needs `KafkaConfiguration.statisticsInterval`.
public final class MetricsStatistics: StatisticsObserver {
    private let latest = Locked<[String: Statistics]>([:])

    /// Registers the metrics. One observer serves any number of clients; they live as long as the registry.
    public init(_ metrics: Metrics) {
        metrics.gauges("kafka_client_queued_records", help: "Records in the producer's queues.") { [self] in
            each { [([], Double($0.msg_cnt))] }
        }
        metrics.gauges("kafka_client_queued_bytes", help: "Bytes in the producer's queues.") { [self] in
            each { [([], Double($0.msg_size))] }
        }
        metrics.gauges("kafka_client_fetched_ahead_bytes", help: "Bytes fetched and not yet read.") { [self] in
            // A consumer's partitions share one queue, and each of them tells the size of all of it.
            each { [([], Double($0.topics.values.flatMap(\.partitions.values).map(\.fetchq_size).max() ?? 0))] }
        }
        metrics.gauges("kafka_client_round_trip_seconds", help: "Round trips to a broker, 99th percentile of the last interval.") {
            [self] in
            each { statistics in
                statistics.brokers.values.compactMap { broker in
                    guard broker.nodeid >= 0, let window = broker.rtt, window.cnt > 0 else { return nil }
                    return ([("broker", String(broker.nodeid))], Double(window.p99) / 1e6)
                }
            }
        }
        metrics.gauges("kafka_consumer_lag_records", help: "Records between the position and the end.") { [self] in
            each { statistics in
                statistics.topics.values.flatMap { topic in
                    topic.partitions.values.compactMap { partition in
                        partition.lag.map { ([("topic", topic.topic), ("partition", String(partition.partition))], Double($0)) }
                    }
                }
            }
        }
        metrics.gauges("kafka_consumer_rebalances", help: "Rebalances of the group that this client has seen.") { [self] in
            each { statistics in statistics.cgrp.map { [([], Double($0.rebalance_cnt))] } ?? [] }
        }
    }

    private func each(_ read: (Statistics) -> [(Metrics.Labels, Double)]) -> [(labels: Metrics.Labels, value: Double)] {
        latest.withLock { $0 }.sorted { $0.key < $1.key }.flatMap { name, statistics in
            read(statistics).map { ([("client", name)] + $0.0, $0.1) }
        }
    }

    /// Keeps the document until the next one.
    public func observe(_ statistics: Statistics) {
        latest.withLock { $0[statistics.name] = statistics }
    }
}
