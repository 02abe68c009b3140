import CSys
import Glibc
import Synchronization

/// One thread that notices what libmicrohttpd does not: clients that leave while they are held, senders that are too slow, and waits that
/// are over.
///
/// A socket is added once, when its connection is first held, edge-triggered and only for the client's closing: requests on it cost nothing
/// here. It leaves the set by being closed. Deadlines lie in the peers; the thread sleeps until the earliest it knows of.
final class Watcher: Sendable {
    /// Between two looks at all deadlines, however many come due.
    private static let pauseMin: Int64 = 10_000_000

    private let peers: PeerTable
    private let counts: ServerCounts
    private let poll: Int32
    private let wake: Int32
    /// When the thread will look at the deadlines next; nanoseconds.
    private let planned = Atomic<Int64>(.max)
    /// The earliest deadline set since the last look.
    private let armed = Atomic<Int64>(.max)
    private let stopping = Atomic<Bool>(false)

    init(_ peers: PeerTable, _ counts: ServerCounts) throws(ServerError) {
        self.peers = peers
        self.counts = counts
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard poll >= 0, wake >= 0 else {
            let code = errno
            if poll >= 0 { close(poll) }
            if wake >= 0 { close(wake) }
            throw ServerError(errno: code, in: "epoll_create1", "The watcher of connections cannot start.")
        }
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: .max))
        epoll_ctl(poll, EPOLL_CTL_ADD, wake, &event)
    }

    deinit {
        close(poll)
        close(wake)
    }

    /// Begins to watch for the client's leaving. One that has left already is reported at once.
    func watch(_ peer: Peer) {
        let edge: UInt32 = 1 << 31
        var event = epoll_event(events: EPOLLRDHUP.rawValue | edge, data: epoll_data_t(u64: peer.key))
        epoll_ctl(poll, EPOLL_CTL_ADD, peer.descriptor, &event)
    }

    /// Sets a peer's deadline, in nanoseconds; wakes the thread only when it would look too late.
    func arm(_ peer: Peer, at deadline: Int64) {
        peer.deadline.store(deadline, ordering: .sequentiallyConsistent)
        if deadline < armed.load(ordering: .sequentiallyConsistent) { armed.min(deadline, ordering: .sequentiallyConsistent) }
        if deadline < planned.load(ordering: .sequentiallyConsistent) { eventfd_write(wake, 1) }
    }

    func stop() {
        stopping.store(true, ordering: .sequentiallyConsistent)
        eventfd_write(wake, 1)
    }

    /// The thread's body; returns after `stop`.
    func run() {
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        while !stopping.load(ordering: .sequentiallyConsistent) {
            let timeout = look()
            let count = epoll_wait(poll, &events, Int32(events.count), timeout)
            guard count > 0 else { continue }
            for event in events[..<Int(count)] {
                if event.data.u64 == .max {
                    var value: eventfd_t = 0
                    eventfd_read(wake, &value)
                } else if let peer = peers.peer(event.data.u64), peer.clientLeft() {
                    counts.add(.abandoned)
                }
            }
        }
    }

    /// Deals with what is due. Returns how long to sleep, in milliseconds, -1 for without end.
    private func look() -> Int32 {
        let now = Clock.now()
        let soonest = armed.load(ordering: .sequentiallyConsistent)
        if soonest < planned.load(ordering: .sequentiallyConsistent) { planned.store(soonest, ordering: .sequentiallyConsistent) }
        if now >= planned.load(ordering: .sequentiallyConsistent) {
            armed.store(.max, ordering: .sequentiallyConsistent)
            let (due, next) = peers.due(now: now)
            var earliest = next
            for peer in due {
                if case .cut = peer.expire(now: now) { counts.add(.overdue) }
                let deadline = peer.deadline.load(ordering: .sequentiallyConsistent)
                if deadline != 0 { earliest = min(earliest, deadline) }
            }
            planned.store(max(earliest, now + Self.pauseMin), ordering: .sequentiallyConsistent)
            // One that was set while the others were looked at, and that saw the old plan.
            let missed = armed.load(ordering: .sequentiallyConsistent)
            if missed < earliest { planned.store(missed, ordering: .sequentiallyConsistent) }
        }
        let plan = planned.load(ordering: .sequentiallyConsistent)
        guard plan != .max else { return -1 }
        return Int32(clamping: max(0, plan - now) / 1_000_000 + 1)
    }
}
