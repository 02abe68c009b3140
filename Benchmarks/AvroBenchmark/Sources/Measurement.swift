import AvroBound

/// One thing measured against its yardstick, in turns, so that what else the machine does meets both.
struct Measurement {
    var name: String
    /// Nanoseconds a record: the best of the turns.
    var bound: Double
    var ours: Double
    /// Allocations a record.
    var allocations: Double

    var ratio: Double { ours / bound }

    /// Runs both `turns` times over `records` records; the sums that they return must be equal.
    static func run(_ name: String, records: Int, turns: Int = 80, bound: () -> UInt64, ours: () -> UInt64) -> Measurement {
        let clock = ContinuousClock()
        var best = (bound: Double.infinity, ours: Double.infinity)
        let (expected, found) = (bound(), ours())
        precondition(expected == found && found != 0, "\(name): \(found) instead of \(expected)")
        var allocated: UInt64 = .max
        for _ in 0..<turns {
            best.bound = min(best.bound, nanoseconds(clock.measure { _ = keep(bound()) }) / Double(records))
            let before = bound_allocations()
            best.ours = min(best.ours, nanoseconds(clock.measure { _ = keep(ours()) }) / Double(records))
            allocated = min(allocated, bound_allocations() - before)
        }
        return Measurement(name: name, bound: best.bound, ours: best.ours, allocations: Double(allocated) / Double(records))
    }

    private static func nanoseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
    }

    @inline(never) private static func keep(_ value: UInt64) -> UInt64 { value }

    /// `name  bound  ours  ratio  allocations`
    var line: String {
        func fixed(_ value: Double, _ places: Int) -> String {
            let scale = places == 2 ? 100.0 : 10.0
            let rounded = (value * scale).rounded() / scale
            return String(rounded)
        }
        func padded(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
        return name + String(repeating: " ", count: max(1, 34 - name.count)) + padded(fixed(bound, 1), 8) + padded(fixed(ours, 1), 8)
            + padded(fixed(ratio, 2), 8) + padded(fixed(allocations, 2), 8)
    }
}
