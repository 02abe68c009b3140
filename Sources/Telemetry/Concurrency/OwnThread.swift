import CSys
import Glibc

/// Threads of our own for C calls that wait: in the shared pool of tasks they would hold up everybody else.
public enum OwnThread {
    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private static let stackBytes = 1 << 20

    /// Runs `body` on a detached thread with every signal blocked: signals are for the main thread. `name` is cut to 15 bytes.
    /// - Returns: false when the system has no thread left; `body` then never runs.
    @discardableResult
    public static func start(_ name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackBytes)
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)  // a new thread inherits the mask
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let context = Unmanaged.passRetained(Body(name, body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
                _ = csys_set_thread_name(String(body.name.prefix(15)))
                body.run()
                return nil
            }, context.toOpaque())
        if status != 0 { context.release() }
        return status == 0
    }

    /// Runs a call that waits on a thread of its own, and suspends the caller meanwhile. Cancelling the task does not end the call.
    public static func blocking<Value: Sendable>(_ name: String, _ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let started = start(name) { continuation.resume(returning: body()) }
            if !started { continuation.resume(returning: body()) }
        }
    }
}
