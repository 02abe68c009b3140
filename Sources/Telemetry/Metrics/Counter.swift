import Synchronization

/// A number that only grows. Adding is one relaxed atomic operation.
public final class Counter: Metric {
    private let cell = Atomic<Int>(0)

    init() {}

    public func add(_ amount: Int = 1) { cell.wrappingAdd(amount, ordering: .relaxed) }

    public var value: Int { cell.load(ordering: .relaxed) }

    func samples(_ put: (String, String, String) -> Void) { put("", "", "\(value)") }
}
