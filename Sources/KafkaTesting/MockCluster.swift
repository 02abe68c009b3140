internal import CRdKafka
internal import Glibc
public import Kafka
internal import Synchronization

/// librdkafka's mock cluster: brokers in this process, on loopback, in memory. For tests of faults and for trying things, not for data.
///
/// It keeps 5 MB or 100,000 records a partition and forgets at the end; it has no admin interface, no ACL and no SASL; a group join takes
/// 3 s, a second member's 9 s (docs/kafka.md). Create topics before use. Other processes may join it by `bootstrapServers`.
public final class MockCluster: Sendable {
    /// Where clients connect.
    public let bootstrapServers: String
    /// How many brokers there are, numbered from 1.
    public let brokerCount: Int
    /// Sendable: the mock cluster locks itself; both pointers are immutable, and used no more once `ended` is set.
    nonisolated(unsafe) private let cluster: OpaquePointer
    nonisolated(unsafe) private let handle: OpaquePointer
    private let ended = Atomic<Bool>(false)

    /// Starts the brokers.
    public init(brokers: Int = 1) throws(KafkaError) {
        precondition(brokers > 0, "a cluster has a broker")
        let conf = rd_kafka_conf_new()
        var reason = [CChar](repeating: 0, count: 512)
        rd_kafka_conf_set(conf, "client.id", "mock-cluster", &reason, reason.count)
        rd_kafka_conf_set_log_cb(conf) { _, _, _, _ in }
        guard let handle = rd_kafka_new(RD_KAFKA_PRODUCER, conf, &reason, reason.count) else {
            rd_kafka_conf_destroy(conf)
            throw KafkaError(.configuration, .fatal, in: "mock cluster", "rd_kafka_new failed")
        }
        guard let cluster = rd_kafka_mock_cluster_new(handle, Int32(brokers)) else {
            rd_kafka_destroy(handle)
            throw KafkaError(.configuration, .fatal, in: "mock cluster", "no port of the loopback is to be had")
        }
        self.handle = handle
        self.cluster = cluster
        brokerCount = brokers
        bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster))
    }

    deinit { stop() }

    /// Ends the brokers; everything in them is gone. A second call does nothing.
    public func stop() {
        guard !ended.exchange(true, ordering: .acquiringAndReleasing) else { return }
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(handle)
    }

    /// Starts a cluster for `body` and ends it, however `body` ends.
    public static func with<Result>(brokers: Int = 1, _ body: (MockCluster) async throws -> Result) async throws -> Result {
        let cluster = try MockCluster(brokers: brokers)
        defer { cluster.stop() }
        return try await body(cluster)
    }

    /// What a client needs to connect.
    public var configuration: KafkaConfiguration { KafkaConfiguration(bootstrapServers: bootstrapServers) }

    /// Makes a topic. The mock cluster has no admin interface: this is the way.
    public func createTopic(_ name: String, partitions: Int, replicas: Int = 1) throws(KafkaError) {
        try check("create topic", rd_kafka_mock_topic_create(cluster, name, Int32(partitions), Int32(replicas)))
    }

    /// From now on every request for the topic is answered with this error; nil: none.
    public func setError(_ code: KafkaError.Code?, ofTopic name: String) {
        rd_kafka_mock_topic_set_error(cluster, name, rd_kafka_resp_err_t(rawValue: code?.rawValue ?? 0))
    }

    /// The next requests of this kind to any broker are answered with these errors, in order. Produce errors come before the append.
    public func push(_ errors: [KafkaError.Code], to api: MockRequest) {
        var codes = errors.map { rd_kafka_resp_err_t(rawValue: $0.rawValue) }
        rd_kafka_mock_push_request_errors_array(cluster, api.rawValue, codes.count, &codes)
    }

    /// The next `count` requests of this kind to `broker` are answered after `delay`, with `error` or as usual. A long delay without an
    /// error loses the acknowledgement and keeps the record.
    public func push(_ error: KafkaError.Code?, after delay: Duration, count: Int = 1, to api: MockRequest, broker: Int) throws(KafkaError)
    {
        let milliseconds = Int32(clamping: delay.components.seconds * 1000 + delay.components.attoseconds / 1_000_000_000_000_000)
        try check(
            "push errors",
            crdkafka_mock_push(
                cluster, Int32(broker), api.rawValue, count, rd_kafka_resp_err_t(rawValue: error?.rawValue ?? 0), milliseconds))
    }

    /// Forgets the errors that were pushed for any broker and have not been given yet.
    public func clearErrors(of api: MockRequest) { rd_kafka_mock_clear_request_errors(cluster, api.rawValue) }

    /// Moves a partition to another broker; nil: it has no leader.
    public func setLeader(of partition: TopicPartition, to broker: Int?) throws(KafkaError) {
        try check("set leader", rd_kafka_mock_partition_set_leader(cluster, partition.topic, partition.partition, Int32(broker ?? -1)))
    }

    /// Moves a group's coordinator.
    public func setCoordinator(ofGroup group: String, to broker: Int) throws(KafkaError) {
        try check("set coordinator", rd_kafka_mock_coordinator_set(cluster, "group", group, Int32(broker)))
    }

    /// Moves a transaction's coordinator.
    public func setCoordinator(ofTransaction id: String, to broker: Int) throws(KafkaError) {
        try check("set coordinator", rd_kafka_mock_coordinator_set(cluster, "transaction", id, Int32(broker)))
    }

    /// Closes every connection of a broker and takes none.
    public func takeDown(broker: Int) throws(KafkaError) {
        try check("take down", rd_kafka_mock_broker_set_down(cluster, Int32(broker)))
    }

    /// Lets a broker take connections again.
    public func bringUp(broker: Int) throws(KafkaError) {
        try check("bring up", rd_kafka_mock_broker_set_up(cluster, Int32(broker)))
    }

    /// Delays every answer of a broker.
    public func setRoundTrip(_ delay: Duration, broker: Int) throws(KafkaError) {
        let milliseconds = Int32(clamping: delay.components.seconds * 1000 + delay.components.attoseconds / 1_000_000_000_000_000)
        try check("set round trip", rd_kafka_mock_broker_set_rtt(cluster, Int32(broker), milliseconds))
    }

    private func check(_ operation: StaticString, _ code: rd_kafka_resp_err_t) throws(KafkaError) {
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        throw KafkaError(KafkaError.Code(rawValue: code.rawValue), .reject, in: operation, String(cString: rd_kafka_err2str(code)))
    }
}
