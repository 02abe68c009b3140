import Kafka
import KafkaTesting
import TestSupport
import Testing

/// The examples of docs/kafka.md, which stand here as they stand there.
@Suite(.timeLimit(.minutes(2)))
struct ArticleTests {
    @Test func everyExampleIsCompiled() throws {
        let (missing, count) = try Article.examples(of: "kafka.md")
        #expect(missing.isEmpty)
        #expect(count >= 7)
    }

    @Test func producing() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("greetings", partitions: 1)
            let kafka = cluster.configuration

            let producer = try Producer(ProducerConfiguration(kafka))
            try await producer.warm(topics: ["greetings"])
            let place = try await producer.send(Record(topic: "greetings", key: Array("en".utf8), value: Array("hello".utf8)))
            print("partition \(place.partition), offset \(place.offset)")
            #expect(place.offset == 0)

            let records = ["bonjour", "hallo", "hola"].map { Record(topic: "greetings", value: Array($0.utf8)) }
            for (record, outcome) in zip(records, await producer.send(records)) {
                if case .failed(let error) = outcome { print(record.value ?? [], error, error.notSent) }
            }

            var pending: [PendingDelivery] = []
            for record in records { pending.append(try await producer.submit(record)) }
            for record in pending { print(try await record.delivery.offset) }
            #expect(try await pending[2].delivery.offset == 6)

            await producer.close(within: .seconds(10))
        }
    }

    @Test func consuming() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("greetings", partitions: 1)
            let kafka = cluster.configuration
            let producer = try Producer(ProducerConfiguration(kafka))
            _ = try await producer.send(Record(topic: "greetings", value: Array("hello".utf8)))
            await producer.close(within: .seconds(10))

            let consumer = try Consumer(ConsumerConfiguration(kafka, group: "greeters"))
            try consumer.subscribe(["greetings"])
            let closing = Task {
                while (try? consumer.committed(of: [TopicPartition("greetings", 0)]).first?.offset) != 1 { await Task.yield() }
                return await consumer.close(within: .seconds(10))
            }
            for try await batch in consumer.batches {
                for change in batch.changes { print(change) }
                for record in batch.records {
                    let text = String(decoding: batch.value(of: record) ?? [], as: UTF8.self)
                    print("\(batch.topicName(record.topic))/\(record.partition)@\(record.offset): \(text)")
                }
                try await consumer.commit(batch.next)
            }
            #expect(await closing.value)
        }
    }

    @Test func testing() async throws {
        try await MockCluster.with(brokers: 3) { cluster in
            try cluster.createTopic("t", partitions: 1, replicas: 3)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            cluster.push([.notEnoughReplicas, .notEnoughReplicas], to: .produce)
            try cluster.setLeader(of: TopicPartition("t", 0), to: 2)
            #expect(try await producer.send(Record(topic: "t", value: [1])).offset == 0)
            try cluster.takeDown(broker: 2)
            try cluster.setLeader(of: TopicPartition("t", 0), to: 3)
            _ = try await producer.send(Record(topic: "t", value: [2]))
            await producer.close(within: .seconds(5))
        }
    }

    /// Compiled only, because the mock cluster has neither transactions over several brokers nor an admin interface; RealKafkaTests run the
    /// same calls.
    private func onARealKafka(_ kafka: KafkaConfiguration, _ consumer: Consumer, _ batch: ConsumerBatch, _ results: [Record]) async throws {
        var configuration = ProducerConfiguration(kafka)
        configuration.transactionalID = "billing-1"
        let producer = try Producer(configuration)
        try await producer.withTransaction { transaction in
            for outcome in await transaction.send(results) { if case .failed(let error) = outcome { throw error } }
            try await transaction.send(offsets: batch.next, of: consumer)
        }

        let admin = try Admin(kafka)
        for (name, error) in try await admin.createTopics([NewTopic("greetings", partitions: 12, configuration: ["retention.ms": "-1"])]) {
            if let error, error.code != .topicExists { print(name, error) }
        }
        for group in try await admin.groups() { print(group.name, group.state) }
        await admin.close()
    }
}
