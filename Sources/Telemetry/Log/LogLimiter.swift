internal import Glibc
internal import Synchronization

/// Lets `burst` records through per second and call site, then counts what it holds back. Takes no lock.
///
/// ```swift
/// if let held = limiter.admit() { logger.warning("record set aside", ["heldBack": held]) }
/// ```
public final class LogLimiter: Sendable {
    private let window = Atomic<Int>(0)
    private let used = Atomic<Int>(0)
    private let held = Atomic<Int>(0)
    private let burst: Int

    /// Lets `burst` records a second through.
    public init(burst: Int = 5) {
        self.burst = burst
    }

    /// nil: say nothing. Otherwise how many were held back since the last record that got through.
    public func admit() -> Int? {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &now)
        return admit(second: now.tv_sec)
    }

    /// ``admit()`` in a given second of some clock.
    func admit(second: Int) -> Int? {
        let seen = window.load(ordering: .relaxed)
        if second != seen, window.compareExchange(expected: seen, desired: second, ordering: .relaxed).exchanged {
            used.store(0, ordering: .relaxed)
        }
        if used.add(1, ordering: .relaxed).newValue <= burst { return held.exchange(0, ordering: .relaxed) }
        held.add(1, ordering: .relaxed)
        return nil
    }
}
