internal import Telemetry

extension OwnThread {
    /// Runs `body` on a thread of its own. If the system has no thread left, `body` runs here: slow, but nothing is lost.
    static func run(_ name: String, _ body: @escaping @Sendable () -> Void) {
        if !start(name, body) { body() }
    }
}
