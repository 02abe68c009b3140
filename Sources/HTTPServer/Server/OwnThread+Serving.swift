import Telemetry

extension OwnThread {
    /// A thread of the server, to be joined or let go.
    static func serving(_ name: String, _ body: @escaping @Sendable () -> Void) throws(ServerError) -> OwnThread {
        do throws(ThreadRefused) {
            return try OwnThread(name, body)
        } catch {
            throw ServerError(errno: error.code, in: "pthread_create", "A thread of the HTTP server cannot start.")
        }
    }
}
