import Glibc
import Synchronization

/// Lets a number of lines through per second and call site, then counts what it holds back. Without a lock.
public final class LogLimiter: Sendable {
    private let window = Atomic<Int>(0)
    private let used = Atomic<Int>(0)
    private let held = Atomic<Int>(0)
    private let burst: Int

    public init(burst: Int) { self.burst = burst }

    /// Nil: say nothing. Otherwise how many lines were held back since the last one that got through.
    public func admit() -> Int? {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &now)
        let seen = window.load(ordering: .relaxed)
        if now.tv_sec != seen, window.compareExchange(expected: seen, desired: now.tv_sec, ordering: .relaxed).exchanged {
            used.store(0, ordering: .relaxed)
        }
        if used.add(1, ordering: .relaxed).newValue <= burst { return held.exchange(0, ordering: .relaxed) }
        held.add(1, ordering: .relaxed)
        return nil
    }
}
