internal import Telemetry

/// Threads for C calls that wait: none of them ever runs in Swift's cooperative pool.
enum OwnThread {
    /// Runs `body` on a thread of its own. If the system has no thread left, `body` runs here: slow, but nothing is lost.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        do {
            try NamedThread(name, body).detach()
        } catch {
            body()
        }
    }

    /// For a thread of one's own only.
    static func sleep(_ duration: Duration) { Gate().pass(within: duration) }

    /// Runs a call that blocks on a thread of its own and suspends the caller meanwhile. Cancellation does not end the call.
    static func blocking<Value: Sendable>(
        _ name: String, _ body: @escaping @Sendable () throws(KafkaError) -> Value
    ) async throws(KafkaError) -> Value {
        let result: Result<Value, KafkaError> = await withCheckedContinuation { continuation in
            start(name) {
                do throws(KafkaError) {
                    continuation.resume(returning: .success(try body()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
