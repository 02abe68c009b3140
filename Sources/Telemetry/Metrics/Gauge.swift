internal import Synchronization

/// A number that goes up and down.
public final class Gauge: Sendable {
    private let bits = Atomic<UInt64>(0)

    init() {}

    /// Sets the number.
    public func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    /// Sets the number.
    public func set(_ value: Int) {
        set(Double(value))
    }

    /// Adds to the number; a negative `difference` takes away.
    public func add(_ difference: Double) {
        var seen = bits.load(ordering: .relaxed)
        while true {
            let sum = Double(bitPattern: seen) + difference
            let (exchanged, original) = bits.weakCompareExchange(expected: seen, desired: sum.bitPattern, ordering: .relaxed)
            if exchanged { return }
            seen = original
        }
    }

    /// Adds to the number; a negative `difference` takes away.
    public func add(_ difference: Int) {
        add(Double(difference))
    }

    /// The number.
    public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }
}
