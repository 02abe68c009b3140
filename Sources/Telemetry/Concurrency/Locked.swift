#if TSAN
    import Glibc
#else
    import Synchronization
#endif

/// A value behind a lock: the only mutable state that is shared between threads without an actor.
///
/// It is a `Mutex`; under `-D TSAN` it is a pthread lock of the same shape, because the thread sanitizer does not understand `Mutex` on Linux
/// and reports races that are none. Inside `withLock` resume no continuation, write no log and call no C that may wait.
public struct Locked<Value>: ~Copyable, Sendable {
    #if TSAN
        /// Sendable: both are only touched between lock and unlock, and freed by the one owner.
        nonisolated(unsafe) private let mutex: UnsafeMutablePointer<pthread_mutex_t>
        nonisolated(unsafe) private let value: UnsafeMutablePointer<Value>

        public init(_ value: sending Value) {
            mutex = .allocate(capacity: 1)
            pthread_mutex_init(mutex, nil)
            self.value = .allocate(capacity: 1)
            self.value.initialize(to: value)
        }

        deinit {
            value.deinitialize(count: 1)
            value.deallocate()
            pthread_mutex_destroy(mutex)
            mutex.deallocate()
        }

        public borrowing func withLock<Result: ~Copyable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> sending Result
        ) throws(Failure) -> sending Result {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body(&value.pointee)
        }
    #else
        private let mutex: Mutex<Value>

        public init(_ value: consuming sending Value) { mutex = Mutex(value) }

        /// Runs `body` with the value, alone. Not recursive: a second lock by the same thread never ends.
        public borrowing func withLock<Result: ~Copyable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> sending Result
        ) throws(Failure) -> sending Result {
            try mutex.withLock(body)
        }
    #endif
}
