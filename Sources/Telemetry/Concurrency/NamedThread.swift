internal import CSys
internal import Glibc

/// A thread of one's own, for calls of C that can wait (the cooperative pool must not).
///
/// The thread has a name (15 bytes), every signal blocked and a stack of 1 MiB.
public struct NamedThread: Sendable {
    private let thread: pthread_t

    /// Starts `body` on a new thread; the thread ends when `body` returns.
    ///
    /// - Throws: ``ThreadRefused`` when the system has no more threads to give.
    public init(_ name: String, stackBytes: Int = 1 << 20, _ body: @escaping @Sendable () -> Void) throws(ThreadRefused) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackBytes)
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { opaque in
                guard let opaque else { return nil }
                // Taken exactly once: by the thread, or below when there is none.
                let start = Unmanaged<Start>.fromOpaque(opaque).takeRetainedValue()
                csys_block_all_signals()
                csys_set_thread_name(start.name)
                start.body()
                return nil
            }, start.toOpaque())
        if code != 0 {
            start.release()
            throw ThreadRefused(name: name, code: code)
        }
        self.thread = thread
    }

    /// Waits for the end of the thread. Call it once, or ``detach()`` once; never from the thread itself.
    public func join() {
        pthread_join(thread, nil)
    }

    /// Lets the thread go: it cleans up after itself when it ends.
    public func detach() {
        pthread_detach(thread)
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
