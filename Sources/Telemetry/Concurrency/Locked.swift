public import Synchronization

#if TSAN
    internal import Glibc

    /// A value that only one thread at a time sees.
    ///
    /// Built with `-D TSAN`: a `pthread` lock, because the thread sanitizer reports false races on `Mutex`.
    public struct Locked<Value: ~Copyable>: ~Copyable, Sendable {
        /// Points to memory that this value alone owns; touched only between lock and unlock.
        private nonisolated(unsafe) let value: UnsafeMutablePointer<Value>
        /// Initialised once, destroyed in `deinit`, when nobody can hold the lock any more.
        private nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>

        /// Takes over `initial`.
        public init(_ initial: consuming sending Value) {
            value = .allocate(capacity: 1)
            value.initialize(to: initial)
            mutex = .allocate(capacity: 1)
            mutex.initialize(to: pthread_mutex_t())
            pthread_mutex_init(mutex, nil)
        }

        deinit {
            pthread_mutex_destroy(mutex)
            mutex.deallocate()
            value.deinitialize(count: 1)
            value.deallocate()
        }

        /// Runs `body` with the value, alone. Never log, call C or resume a continuation inside.
        public borrowing func withLock<Result: ~Copyable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> sending Result
        ) throws(Failure) -> sending Result {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body(&value.pointee)
        }
    }
#else
    /// A value that only one thread at a time sees.
    ///
    /// One of these around one plain struct is all the shared state that a class of ours has. In builds with `-D TSAN` a `pthread`
    /// lock stands in for `Mutex`, because the thread sanitizer reports false races on it.
    public struct Locked<Value: ~Copyable>: ~Copyable, Sendable {
        @usableFromInline let mutex: Mutex<Value>

        /// Takes over `initial`.
        @inlinable public init(_ initial: consuming sending Value) {
            mutex = Mutex(initial)
        }

        /// Runs `body` with the value, alone. Never log, call C or resume a continuation inside.
        @inlinable public borrowing func withLock<Result: ~Copyable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> sending Result
        ) throws(Failure) -> sending Result {
            try mutex.withLock(body)
        }
    }
#endif
