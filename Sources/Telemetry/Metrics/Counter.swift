public import Synchronization

/// A number that only rises. Adding is one relaxed atomic.
public final class Counter: Sendable {
    @usableFromInline let cell = Atomic<Int>(0)

    init() {}

    /// Adds `count`, which is never negative.
    @inlinable public func add(_ count: Int = 1) {
        cell.wrappingAdd(count, ordering: .relaxed)
    }

    /// What was added so far.
    public var value: Int { cell.load(ordering: .relaxed) }
}
