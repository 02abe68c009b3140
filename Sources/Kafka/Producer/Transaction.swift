import Telemetry

/// A transaction that is open. It exists only inside of `Producer.withTransaction`: it cannot be copied, kept or forgotten.
public struct Transaction: ~Copyable, Sendable {
    let producer: Producer
    let limit: Duration

    /// Sends records that become visible with the commit. An outcome that failed makes the commit fail: throw, or let it.
    public func send(_ records: [Record]) async -> [DeliveryOutcome] {
        await producer.send(records)
    }

    /// Sends one record that becomes visible with the commit.
    public func send(_ record: Record) async throws(KafkaError) -> Delivery {
        try await producer.send(record)
    }

    /// Makes the consumer's offsets part of the transaction: read, written and committed become one.
    public func send(offsets: [TopicPartitionOffset], of consumer: Consumer) async throws(KafkaError) {
        let (producer, limit) = (producer, limit)
        try await OwnThread.blocking("kafka-txn") { () throws(KafkaError) in
            try producer.sendOffsets(offsets, of: consumer, within: limit)
        }
    }
}
