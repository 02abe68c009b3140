import Synchronization

/// A number that goes up and down. Setting and adding are one relaxed atomic operation.
public final class Gauge: Metric {
    private let cell = Atomic<Int>(0)

    init() {}

    public func set(_ value: Int) { cell.store(value, ordering: .relaxed) }
    public func add(_ amount: Int) { cell.wrappingAdd(amount, ordering: .relaxed) }

    public var value: Int { cell.load(ordering: .relaxed) }

    func samples(_ put: (String, String, String) -> Void) { put("", "", "\(value)") }
}

/// A gauge that is read when it is asked for.
final class ReadGauge: Metric {
    private let read: @Sendable () -> Double

    init(read: @escaping @Sendable () -> Double) { self.read = read }

    func samples(_ put: (String, String, String) -> Void) {
        let value = read()
        put("", "", value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)")
    }
}
