import Telemetry

/// Bounds what lies in a partition of the embedded Kafka that nobody has taken yet: the mock cluster throws the oldest away beyond its limit.
///
/// What was accepted is counted up by size, and down when the correlator has folded past it.
final class PartitionRoom: Sendable {
    private struct Key: Hashable {
        let operation: String
        let partition: Int32
    }

    private let limit: Int
    private let held = Locked<[Key: Int]>([:])

    init(limit: Int) { self.limit = limit }

    func admits(_ operation: String, _ partition: Int32, _ bytes: Int) -> Bool {
        held.withLock { held in
            let key = Key(operation: operation, partition: partition)
            guard (held[key] ?? 0) + bytes <= limit else { return false }
            held[key, default: 0] += bytes
            return true
        }
    }

    /// All that was accepted before has been taken.
    func taken(_ operation: String, _ partition: Int32, bytes: Int) {
        held.withLock { held in
            let key = Key(operation: operation, partition: partition)
            held[key] = max(0, (held[key] ?? 0) - bytes)
        }
    }
}
