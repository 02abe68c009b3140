import Core
import Events
import Kafka
import Synchronization

import Telemetry

/// Reads the partitions of `rejoinder.commands` for which this worker may have takes, each from the end that it had when the first
/// operation was assigned that number.
final class CommandReader: Sendable {
    private let topic: String
    private let consumer: Consumer
    private let logger: Logger
    private let reader: EnvelopeReader
    private let covered = Locked<Set<Int32>>([])
    private let joining = Locked<[TopicPartitionOffset]>([])
    private let stops = Atomic<Bool>(false)

    init(_ configuration: WorkerConfiguration, book: SchemaBook) throws(WorkerError) {
        reader = EnvelopeReader(book)
        topic = TopicNames(prefix: configuration.prefix).commands
        logger = configuration.logger
        do throws(KafkaError) {
            consumer = try Consumer(ConsumerConfiguration(configuration.kafka))
        } catch {
            throw WorkerError(.kafka, operation: "read \(topic)", detail: error.description)
        }
    }

    /// Starts the thread that calls `body` for each command.
    func start(_ body: @escaping @Sendable (CommandRecord) -> Void) throws(WorkerError) {
        try WorkerThread.start("work-commands") { self.loop(body) }
    }

    /// Reads these partitions from now on. Blocks until their ends are known: for a thread of our own.
    func cover(_ partitions: [Int32]) {
        let new = covered.withLock { covered in partitions.filter { covered.insert($0).inserted } }
        guard !new.isEmpty else { return }
        let places = ends(of: new)
        // Only the polling thread may change what it reads; where it begins is settled already, so nothing is missed meanwhile.
        joining.withLock { $0 += places }
    }

    /// A topic that was made a moment ago, or a leader that moves, passes in a moment.
    private func ends(of partitions: [Int32]) -> [TopicPartitionOffset] {
        let deadline = ContinuousClock.now + .seconds(5)
        while true {
            do throws(KafkaError) {
                return try consumer.endOffsets(of: partitions.map { TopicPartition(topic, $0) }, timeout: .seconds(2))
            } catch {
                guard ContinuousClock.now < deadline, !stops.load(ordering: .acquiring) else {
                    logger.warning("the ends of \(topic) are not to be had, a command of this moment may be missed: \(error)")
                    return partitions.map { TopicPartitionOffset(topic, $0, TopicPartitionOffset.end) }
                }
                OwnThread.sleep(.milliseconds(100))
            }
        }
    }

    func stop() { stops.store(true, ordering: .releasing) }

    private func join() throws(KafkaError) {
        let places = joining.withLock { $0 }
        guard !places.isEmpty else { return }
        try consumer.add(places)
        joining.withLock { $0.removeFirst(places.count) }
    }

    private func loop(_ body: (CommandRecord) -> Void) {
        var batch = ConsumerBatch()
        let limiter = LogLimiter(burst: 5)
        while !stops.load(ordering: .acquiring) {
            do throws(KafkaError) {
                try join()
                try consumer.poll(into: &batch, max: 1_000, timeout: .milliseconds(100))
            } catch {
                if stops.load(ordering: .acquiring) { break }
                if limiter.admit() != nil { logger.warning("reading commands failed and is tried again: \(error)") }
                OwnThread.sleep(.milliseconds(200))
                continue
            }
            let bytes = batch.bytes.span.bytes
            for record in batch.records {
                guard let value = record.value else { continue }
                do {
                    body(try reader.command(bytes.extracting(value)))
                } catch {
                    if limiter.admit() != nil {
                        logger.error("a command was set aside: \(error)", ["partition": record.partition, "offset": record.offset])
                    }
                }
            }
        }
        _ = consumer.closeBlocking(within: .seconds(1))
    }
}
