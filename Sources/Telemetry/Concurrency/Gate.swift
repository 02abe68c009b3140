internal import Glibc

/// Wakes one thread that sleeps with a limit. A wake that comes while nobody sleeps is kept.
public final class Gate: Sendable {
    /// Made at init, destroyed at deinit, used only through pthread calls, which synchronise.
    nonisolated(unsafe) private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    nonisolated(unsafe) private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    /// Read and written under `mutex` only.
    nonisolated(unsafe) private var isOpen = false

    /// Closed.
    public init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Lets the sleeper through, or the next one.
    public func open() {
        pthread_mutex_lock(mutex)
        isOpen = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Sleeps until the gate is open, then closes it behind itself unless `staysOpen`. False when `limit` passed first.
    @discardableResult
    public func pass(within limit: Duration, staysOpen: Bool = false) -> Bool {
        var until = timespec()
        clock_gettime(CLOCK_MONOTONIC, &until)
        let milliseconds = Int(min(max(limit / .milliseconds(1), 0), Double(Int32.max)))
        until.tv_sec += milliseconds / 1000
        until.tv_nsec += milliseconds % 1000 * 1_000_000
        if until.tv_nsec >= 1_000_000_000 {
            until.tv_sec += 1
            until.tv_nsec -= 1_000_000_000
        }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isOpen, pthread_cond_timedwait(condition, mutex, &until) != ETIMEDOUT {}
        let passed = isOpen
        if !staysOpen { isOpen = false }
        return passed
    }
}
