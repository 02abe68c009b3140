import Core
import Kafka
import Synchronization

import Telemetry

/// Where all runners of a worker send: one producer, and the numbers of takes.
final class Outlet: Sendable {
    let producer: Producer
    /// The worker's name; a take's source is `<name>/<number>`.
    let name: String
    let logger: Logger
    private let numbers = Atomic<UInt64>(0)

    init(producer: Producer, name: String, logger: Logger) {
        self.producer = producer
        self.name = name
        self.logger = logger
    }

    func nextNumber() -> UInt64 { numbers.wrappingAdd(1, ordering: .relaxed).newValue }

    func source(_ number: UInt64) -> String { "\(name)/\(number)" }

    /// Hands a record to the producer; waits while its queue is full or its handle is replaced, which holds up who produces too much.
    /// Throws what another try would not cure.
    func send(_ topic: Topic, partition: Int32, key: RawSpan, value: RawSpan, headers: [Header], token: UInt64) throws(KafkaError) {
        while true {
            do throws(KafkaError) {
                return try producer.enqueue(topic, partition: partition, key: key, value: value, headers: headers, token: token)
            } catch {
                guard error.code == .queueFull || error.code == .replacing else { throw error }
                OwnThread.sleep(.milliseconds(1))
            }
        }
    }
}
