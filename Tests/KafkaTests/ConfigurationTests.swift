@testable import Kafka
import KafkaTesting
import Telemetry
import Testing

@Suite struct ConfigurationTests {
    @Test(arguments: ClientSettings.owned.keys.sorted())
    func keysThatTheModuleOwnsAreRefusedWithTheSettingToUse(key: String) {
        var kafka = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
        kafka.extra[key] = "1"
        let error = #expect(throws: KafkaError.self) { _ = try Producer(ProducerConfiguration(kafka)) }
        #expect(error?.code == .configuration && error?.detail.contains(key) == true)
    }

    /// What the module sets without owning it is a default.
    @Test(arguments: ["fetch.error.backoff.ms", "fetch.queue.backoff.ms", "reconnect.backoff.ms"])
    func whatTheUserSetsCountsMoreThanTheModulesDefault(key: String) throws {
        var kafka = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
        kafka.extra[key] = "77"
        let values = try ConsumerConfiguration(kafka).settings().all.filter { $0.key == key }.map(\.value)
        #expect(values.count == 2 && values.last == "77")
    }

    @Test func unknownKeysAndValuesAreRefusedByTheLibrary() {
        var kafka = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
        kafka.extra["no.such.key"] = "1"
        #expect(throws: KafkaError.self) { _ = try Consumer(ConsumerConfiguration(kafka)) }
        kafka.extra = ["socket.send.buffer.bytes": "many"]
        #expect(throws: KafkaError.self) { _ = try Admin(kafka) }
        #expect(throws: KafkaError.self) { _ = try Admin(KafkaConfiguration(bootstrapServers: "")) }
    }

    /// librdkafka before 2.6.1 sends a nonce that Kafka 4 refuses.
    @Test(arguments: ["SCRAM-SHA-256", "scram-sha-512"])
    func scramIsRefusedWithTheReasonWhenTheLibraryIsOld(mechanism: String) throws {
        let error = #expect(throws: KafkaError.self) { try ClientSettings.refuseBrokenSCRAM(mechanism, version: 0x0200_02ff) }
        #expect(error?.code == .unsupported && error?.detail.contains("2.6.1") == true && error?.detail.contains("PLAIN") == true)
        try ClientSettings.refuseBrokenSCRAM(mechanism, version: 0x0206_01ff)
        try ClientSettings.refuseBrokenSCRAM("PLAIN", version: 0x0200_02ff)
    }

    @Test func limitsOutOfRangeAreRefused() {
        var producer = ProducerConfiguration(KafkaConfiguration(bootstrapServers: "127.0.0.1:1"))
        producer.queuedRecordsMax = 0
        #expect(throws: KafkaError.self) { _ = try Producer(producer) }
        var consumer = ConsumerConfiguration(KafkaConfiguration(bootstrapServers: "127.0.0.1:1"))
        consumer.batchBytesMax = 0
        #expect(throws: KafkaError.self) { _ = try Consumer(consumer) }
    }

    @Test func durationsBecomeMillisecondsWithoutOverflow() {
        #expect(Duration.milliseconds(1500).milliseconds == 1500)
        #expect(Duration.seconds(Int64.max).milliseconds == .max)
        #expect(Duration.seconds(-5).milliseconds == 0)
        #expect(Duration.microseconds(999).milliseconds == 0)
    }

    @Test func logsOfTheLibraryComeToTheLogger() async throws {
        final class Lines: LogSink {
            let lines = Locked<[String]>([])
            func write(_ record: LogRecord) { lines.withLock { $0.append(record.message) } }
        }
        let sink = Lines()
        var kafka = KafkaConfiguration(bootstrapServers: "127.0.0.1:1")
        kafka.logger = Logger(label: "kafka", level: .debug, sink: sink)
        let admin = try Admin(kafka)
        await #expect(throws: KafkaError.self) { _ = try await admin.metadata(within: .milliseconds(500)) }
        await admin.close()
        #expect(sink.lines.withLock { $0.contains { $0.contains("127.0.0.1:1") } })
    }

    @Test(.timeLimit(.minutes(4))) func statisticsAreTypedAndBecomeMetrics() async throws {
        final class Latest: StatisticsObserver {
            let metrics: MetricsStatistics
            let all = Locked<[Statistics]>([])
            init(_ metrics: MetricsStatistics) { self.metrics = metrics }
            func observe(_ statistics: Statistics) {
                metrics.observe(statistics)
                all.withLock { $0.append(statistics) }
            }
        }
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let metrics = Metrics()
            let observer = Latest(MetricsStatistics(metrics))
            var kafka = cluster.configuration
            kafka.statisticsInterval = .milliseconds(100)
            kafka.statistics = observer
            let producer = try Producer(ProducerConfiguration(kafka))
            _ = await producer.send((0..<10).map { Record(topic: "t", value: [UInt8($0)]) })
            var configuration = ConsumerConfiguration(kafka)
            configuration.reportsEnds = true
            let consumer = try Consumer(configuration)
            try consumer.assign([TopicPartitionOffset("t", 0, 0)])
            func came(_ isIt: @escaping @Sendable (Statistics) -> Bool) async throws {
                try await ConsumerTests.poll(consumer) { _ in observer.all.withLock { $0.contains(where: isIt) } }
            }
            try await came { $0.type == "consumer" && $0.topics["t"]?.partitions["0"]?.lag == 0 }
            try await came { $0.type == "producer" && $0.txmsgs == 10 && $0.topics["t"]?.partitions["0"]?.txmsgs == 10 }
            try await came { $0.brokers.values.contains { $0.nodeid == 1 && $0.state == "UP" && ($0.rtt?.cnt ?? 0) > 0 } }
            let text = metrics.exposition()
            #expect(text.contains("kafka_client_queued_records{") && text.contains("kafka_consumer_lag_records{"))
            await consumer.close(within: .seconds(5))
            await producer.close(within: .seconds(5))
        }
    }
}
