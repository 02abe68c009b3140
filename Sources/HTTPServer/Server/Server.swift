import CMicroHTTPD
import Glibc
import Telemetry

/// An HTTP/1.1 server over libmicrohttpd.
///
/// The handler runs on the server's thread and must be short: it answers, or returns a promise or a stream and leaves the work to others.
/// Requests that are malformed, ambiguous in their length, too large or too slow never reach it.
public final class Server: Sendable {
    /// What libmicrohttpd runs with.
    private struct Running: Sendable {
        /// Sendable: used by `stop` alone, once.
        nonisolated(unsafe) let daemon: OpaquePointer
        let core: ServerCore
        let watcher: OwnThread
        let loop: EventLoop
        let socket: SharedSocket
        let port: Int
    }

    private enum State {
        case fresh
        case running(Running)
        case stopped
    }

    public let counts = ServerCounts()
    private let address: String
    private let wantedPort: Int
    private let limits: ServerLimits
    private let handler: @Sendable (Request) -> Outcome
    private let state = Locked(State.fresh)

    /// - Parameters:
    ///   - address: a numeric address or host name (`::` is both families), or an absolute path, for a Unix socket.
    ///   - port: 0 for any free one; `start` returns it.
    ///   - handler: asked for every request, on the server's thread.
    public init(address: String, port: Int, limits: ServerLimits = ServerLimits(), handler: @escaping @Sendable (Request) -> Outcome) {
        self.address = address
        wantedPort = port
        self.limits = limits
        self.handler = handler
    }

    /// Connections that are open now.
    public var connections: Int {
        state.withLock { state in
            if case .running(let running) = state { running.core.peers.count } else { 0 }
        }
    }

    /// Binds and serves; returns at once.
    /// - Returns: the port, 0 for a Unix socket.
    @discardableResult
    public func start() throws(ServerError) -> Int {
        try state.withLock { state throws(ServerError) in
            guard case .fresh = state else {
                throw ServerError(code: .state, operation: "start", detail: "A server is started once; this one was started before.")
            }
            let running = try launch()
            state = .running(running)
            return running.port
        }
    }

    private func launch() throws(ServerError) -> Running {
        let limits = try limits.validated()
        let socket = SharedSocket(try ListeningSocket(address: address, port: wantedPort, limits: limits))
        let core = try ServerCore(handler: handler, limits: limits, counts: counts)
        let watcher = try OwnThread.serving("http-watcher") { core.watcher.run() }
        guard let daemon = core.start(on: socket.descriptor) else {
            let code = errno
            core.watcher.stop()
            watcher.join()
            throw ServerError(errno: code, in: "MHD_start_daemon", "The HTTP server on \(address) cannot start.")
        }
        let loop: EventLoop
        do throws(ServerError) {
            loop = try EventLoop(daemon, core.alarm)
        } catch {
            MHD_stop_daemon(daemon)
            core.watcher.stop()
            watcher.join()
            throw error
        }
        return Running(daemon: daemon, core: core, watcher: watcher, loop: loop, socket: socket, port: socket.port)
    }

    /// Stops: new connections are refused at once, held replies are answered `503`, streams are ended, and what is under way gets `grace` to
    /// finish. Then everything is closed. A handler that never returns would hold it up for ever. A second call returns at once.
    public func stop(within grace: Duration = .seconds(5)) async {
        guard let running = takeRunning() else { return }
        await withCheckedContinuation { done in
            let body: @Sendable () -> Void = {
                Self.stop(running, Clock.nanoseconds(grace))
                done.resume()
            }
            // Not on the pool of tasks: it waits.
            if !OwnThread.start("http-stop", body) { body() }
        }
    }

    private func takeRunning() -> Running? {
        state.withLock { state in
            guard case .running(let running) = state else { return nil }
            state = .stopped
            return running
        }
    }

    /// The order matters: a daemon that stops with a suspended connection aborts the process.
    private static func stop(_ running: Running, _ grace: Int64) {
        let core = running.core
        core.drain()
        // Without the shutdown new connections would still enter the backlog and hang there.
        let descriptor = MHD_quiesce_daemon(running.daemon)
        shutdown(descriptor, Int32(SHUT_RDWR))
        let end = Clock.now() + grace
        while true {
            // Every peer is asked, so no short cut.
            let busy = core.peers.all.reduce(0) { $1.drain() ? $0 + 1 : $0 }
            if busy == 0 || Clock.now() >= end { break }
            OwnThread.sleep(.milliseconds(10))
        }
        core.watcher.stop()
        running.watcher.join()
        running.loop.stop()
        MHD_stop_daemon(running.daemon)
        running.socket.removeFile()
        // The socket is closed, and the core released, with `running`: no callback can come any more.
    }
}
