/// Effects under way: a slot's number + 1 travels as the record's token, 0 means that nobody waits for the report.
struct EffectTable {
    private var slots: [Effect?] = []
    private var free: [Int] = []

    var count: Int { slots.count - free.count }

    mutating func open(_ effect: Effect) -> UInt64 {
        if let slot = free.popLast() {
            slots[slot] = effect
            return UInt64(slot + 1)
        }
        slots.append(effect)
        return UInt64(slots.count)
    }

    mutating func close(_ token: UInt64) -> Effect? {
        guard token > 0, token <= UInt64(slots.count), let effect = slots[Int(token) - 1] else { return nil }
        slots[Int(token) - 1] = nil
        free.append(Int(token) - 1)
        return effect
    }
}
