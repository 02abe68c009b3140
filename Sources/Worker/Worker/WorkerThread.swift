import Telemetry

/// Threads of the worker: what waits in C calls, or must not wait behind handlers, never runs in Swift's cooperative pool.
enum WorkerThread {
    /// Runs `body` on a thread that cleans up after itself. Throws when the system has none left.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(WorkerError) {
        do throws(ThreadRefused) {
            try OwnThread(name, body).detach()
        } catch {
            throw WorkerError(.configuration, operation: "start thread", detail: error.description)
        }
    }
}
