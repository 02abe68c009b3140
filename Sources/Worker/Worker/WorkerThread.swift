import Glibc

import Telemetry

/// Threads of our own, for what waits in C calls, computes long, or must not wait behind handlers: none of that runs in Swift's
/// cooperative pool.
enum WorkerThread {
    /// Runs `body` on a thread that cleans up after itself. Throws when the system has none left.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(WorkerError) {
        do throws(ThreadRefused) {
            try NamedThread(name, body).detach()
        } catch {
            throw WorkerError(.configuration, operation: "start thread", detail: error.description)
        }
    }

    /// Runs `body` on a thread of its own and suspends the caller meanwhile.
    static func blocking<Value: Sendable>(_ name: String, _ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try start(name) { continuation.resume(with: Result { try body() }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Sleeps on the calling thread, which must be one of our own.
    static func pause(milliseconds: Int) { usleep(UInt32(milliseconds) * 1_000) }
}
