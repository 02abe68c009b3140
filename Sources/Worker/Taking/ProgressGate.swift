/// Lets progress through at most so often, always the last one: what comes too early is held back and replaced by what comes after it.
struct ProgressGate<Value> {
    let interval: Duration
    private var open: ContinuousClock.Instant?
    private var held: Value?

    init(interval: Duration) { self.interval = interval }

    /// The value, when it may be sent now; else it is held.
    mutating func offer(_ value: Value, now: ContinuousClock.Instant) -> Value? {
        if let open, now < open {
            held = value
            return nil
        }
        held = nil
        open = now + interval
        return value
    }

    /// What was held back and is due now.
    mutating func due(now: ContinuousClock.Instant) -> Value? {
        guard held != nil, let open, now >= open else { return nil }
        self.open = now + interval
        return flush()
    }

    /// What was held back, at the end.
    mutating func flush() -> Value? {
        defer { held = nil }
        return held
    }
}
