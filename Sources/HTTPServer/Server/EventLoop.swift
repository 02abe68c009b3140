import CMicroHTTPD
import Glibc
import Synchronization
import Telemetry

/// The thread that runs libmicrohttpd: it waits for the daemon's epoll and lets it do what is due.
///
/// The library's own thread will not do. Up to 0.9.75 (at least) its loop asks epoll again, and waits, whenever a round brought exactly as many
/// events as it takes at once (128): with 128, 256, … clients that all wait for their answers it then sleeps until a time-out, and a server
/// that answers 70,000 requests a second answered 60. `MHD_run` never waits. Without a thread of its own the library does not wake anybody
/// for a resumed connection either: the alarm does.
final class EventLoop: Sendable {
    private final class Stopping: Sendable {
        let flag = Atomic<Bool>(false)
    }

    /// Sendable: used by the loop's thread alone until it has ended.
    private struct Daemon: Sendable {
        nonisolated(unsafe) let pointer: OpaquePointer
    }

    private let alarm: Alarm
    private let stopping = Stopping()
    private let thread: OwnThread

    /// Milliseconds of the longest wait, so that time-outs of the library are never late by more.
    private static let waitMax: UInt64 = 1000

    /// Begins to run the daemon. `stop` must be called before the daemon is stopped.
    init(_ daemon: OpaquePointer, _ alarm: Alarm) throws(ServerError) {
        self.alarm = alarm
        let daemon = Daemon(pointer: daemon)
        thread = try OwnThread.serving("http-server") { [stopping] in Self.run(daemon, alarm, stopping) }
    }

    /// Ends the thread; nothing runs any more when it returns.
    func stop() {
        stopping.flag.store(true, ordering: .releasing)
        alarm.ring()
        thread.join()
    }

    private static func run(_ daemon: Daemon, _ alarm: Alarm, _ stopping: Stopping) {
        var entries = [
            pollfd(fd: cmhd_epoll_descriptor(daemon.pointer), events: Int16(POLLIN), revents: 0),
            pollfd(fd: alarm.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while !stopping.flag.load(ordering: .acquiring) {
            var limit: UInt64 = 0
            let wait = MHD_get_timeout(daemon.pointer, &limit) == .YES ? min(limit, waitMax) : waitMax
            // Nothing to wait for when something is due already: the daemon's list of ready connections is not in epoll.
            if wait > 0 { poll(&entries, nfds_t(entries.count), Int32(wait)) }
            alarm.clear()
            MHD_run(daemon.pointer)
        }
    }
}
