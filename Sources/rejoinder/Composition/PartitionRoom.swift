import Core
import Telemetry

/// Bounds what lies in a partition of the embedded Kafka that nobody has taken yet: the mock cluster throws the oldest away beyond its limit.
///
/// What was accepted counts by its size until its job is known to have been taken: started, or ended.
final class PartitionRoom: Sendable {
    private struct Key: Hashable {
        let operation: String
        let partition: Int32
    }

    private struct Queue {
        var waiting: [(id: RequestID, bytes: Int)] = []
        var first = 0
        var bytes = 0
    }

    /// Jobs looked at for each new one: more than one, so that the queue shortens.
    private static let looksMax = 16

    private let limit: Int
    private let isTaken: @Sendable (RequestID) -> Bool
    private let queues = Locked<[Key: Queue]>([:])

    /// - Parameter isTaken: whether a worker has begun the job of this id, or it has ended.
    init(limit: Int, isTaken: @escaping @Sendable (RequestID) -> Bool) {
        self.limit = limit
        self.isTaken = isTaken
    }

    func admits(_ operation: String, _ partition: Int32, _ id: RequestID, _ bytes: Int) -> Bool {
        let key = Key(operation: operation, partition: partition)
        var released = 0
        let oldest = queues.withLock { queues in queues[key].map { Array($0.waiting[$0.first...].prefix(Self.looksMax)) } ?? [] }
        for entry in oldest {
            guard isTaken(entry.id) else { break }
            released += 1
        }
        return queues.withLock { queues in
            var queue = queues[key] ?? Queue()
            for _ in 0..<min(released, queue.waiting.count - queue.first) {
                queue.bytes -= queue.waiting[queue.first].bytes
                queue.first += 1
            }
            if queue.first > 1024, queue.first * 2 > queue.waiting.count {
                queue.waiting.removeFirst(queue.first)
                queue.first = 0
            }
            let hasRoom = queue.bytes + bytes <= limit
            if hasRoom {
                queue.waiting.append((id, bytes))
                queue.bytes += bytes
            }
            queues[key] = queue
            return hasRoom
        }
    }
}
