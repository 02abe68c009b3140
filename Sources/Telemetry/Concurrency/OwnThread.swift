internal import CSys
internal import Glibc

/// A thread of one's own, for calls of C that wait or compute long: in the shared pool of tasks they would hold up everybody else.
///
/// It has a name (cut to 15 bytes), every signal blocked (signals are for the main thread) and a stack of 1 MiB.
public struct OwnThread: Sendable {
    private static let stackBytes = 1 << 20

    private let thread: pthread_t

    /// Starts `body` on a new thread; the thread ends when `body` returns. Call ``join()`` or ``detach()`` once.
    /// - Throws: ``ThreadRefused`` when the system has no thread left; `body` then never runs.
    public init(_ name: String, _ body: @escaping @Sendable () -> Void) throws(ThreadRefused) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, Self.stackBytes)
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)  // a new thread inherits the mask
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { opaque in
                guard let opaque else { return nil }
                // Taken exactly once: by the thread, or below when there is none.
                let start = Unmanaged<Start>.fromOpaque(opaque).takeRetainedValue()
                _ = csys_set_thread_name(String(start.name.prefix(15)))
                start.body()
                return nil
            }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw ThreadRefused(name: name, code: code)
        }
        self.thread = thread
    }

    /// Waits for the end of the thread. Never from the thread itself.
    public func join() { pthread_join(thread, nil) }

    /// Lets the thread go: it cleans up after itself when it ends.
    public func detach() { pthread_detach(thread) }

    /// Runs `body` on a thread that cleans up after itself.
    /// - Returns: false when the system has no thread left; `body` then never runs.
    @discardableResult
    public static func start(_ name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        do throws(ThreadRefused) {
            try OwnThread(name, body).detach()
            return true
        } catch {
            return false
        }
    }

    /// Runs a call that waits on a thread of its own, and suspends the caller meanwhile. Cancelling the task does not end the call. If the
    /// system has no thread left, the call is made here: slow, but nothing is lost.
    public static func blocking<Value: Sendable, Failure: Error>(
        _ name: String, _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
            let run: @Sendable () -> Void = {
                do throws(Failure) {
                    continuation.resume(returning: .success(try body()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
            if !start(name, run) { run() }
        }
        return try result.get()
    }

    /// Stands still. For a thread of one's own only.
    public static func sleep(_ duration: Duration) {
        usleep(UInt32(clamping: Int64(duration / .microseconds(1))))
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
