import Kafka

@main
struct Example {
    static func main() async throws {
        let kafka = KafkaConfiguration(bootstrapServers: "127.0.0.1:9092")
        let consumer = try Consumer(ConsumerConfiguration(kafka, group: "greeters"))
        try consumer.subscribe(["greetings"])
        for try await batch in consumer.batches {
            for change in batch.changes { print(change) }
            for record in batch.records {
                let text = String(decoding: batch.value(of: record) ?? [], as: UTF8.self)
                print("\(batch.topicName(record.topic))/\(record.partition)@\(record.offset): \(text)")
            }
            try await consumer.commit(batch.next)  // exactly what is done
        }
        await consumer.close(within: .seconds(10))
    }
}
