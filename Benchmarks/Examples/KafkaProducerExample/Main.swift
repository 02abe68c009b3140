import Kafka

@main
struct Example {
    static func main() async throws {
        let producer = try Producer(ProducerConfiguration(KafkaConfiguration(bootstrapServers: "127.0.0.1:9092")))
        try await producer.warm(topics: ["greetings"])
        // One record: suspends until all in-sync replicas have it.
        let place = try await producer.send(Record(topic: "greetings", key: Array("en".utf8), value: Array("hello".utf8)))
        print("partition \(place.partition), offset \(place.offset)")
        // A batch: one suspension, one outcome a record.
        let records = ["bonjour", "hallo", "hola"].map { Record(topic: "greetings", value: Array($0.utf8)) }
        for (record, outcome) in zip(records, await producer.send(records)) {
            if case .failed(let error) = outcome {
                print("\(record.value ?? []): \(error), certainly not sent: \(error.notSent)")
            }
        }
        await producer.close(within: .seconds(10))
    }
}
