import Glibc
import Synchronization
import Telemetry

/// What threads share of one client's connection: its socket, its deadline, and what it waits for.
///
/// Lives from accept to close; `closed()` comes before the descriptor is closed, so that a shutdown never hits another's socket.
final class Peer: Sendable {
    /// What the connection is busy with.
    private enum Current {
        /// Between requests, or a request is being read.
        case reading
        /// The handler runs, or its answer is being sent.
        case running
        case later(PendingReply)
        case events(EventStream)
    }

    private struct State {
        var current = Current.reading
        var watched = false
        var left = false
        var closed = false
    }

    let descriptor: Int32
    /// Slot and generation in the table of peers: what an event of epoll names, so that a late one hits nobody else.
    let key: UInt64
    /// Monotonic nanoseconds, 0 for none. Written by the server's thread, read by the watcher.
    let deadline = Atomic<Int64>(0)
    private let state = Locked(State())

    init(descriptor: Int32, key: UInt64) {
        self.descriptor = descriptor
        self.key = key
    }

    // MARK: The server's thread

    /// Counts the request before its handler runs, so that a stopping server waits for it.
    func begin() { state.withLock { $0.current = .running } }

    /// Notes what the connection will wait for.
    /// - Returns: whether its socket must be given to the watcher now, and whether the client has left already.
    func hold(_ outcome: Outcome) -> (watch: Bool, left: Bool) {
        state.withLock { state in
            switch outcome {
            case .reply: break
            case .later(let reply): state.current = .later(reply)
            case .events(let stream): state.current = .events(stream)
            }
            defer { state.watched = true }
            return (!state.watched, state.left)
        }
    }

    func end() { state.withLock { $0.current = .reading } }

    func closed() {
        state.withLock { state in
            state.closed = true
            state.current = .reading
        }
        deadline.store(0, ordering: .relaxed)
    }

    // MARK: The watcher and stop

    /// The client has closed its side. Noted also when nothing is held: the edge is reported once.
    /// - Returns: whether something was held that had not ended before.
    func clientLeft() -> Bool {
        let current = state.withLock { state in
            state.left = true
            return state.current
        }
        switch current {
        case .reading, .running: return false
        case .later(let reply): return reply.abandon()
        case .events(let stream): return stream.abandon()
        }
    }

    enum Expiry {
        case nothing
        case cut
        case reply
        case comment
    }

    /// The deadline has passed: an overdue sender is cut, a held reply is answered, a stream gets its comment.
    func expire(now: Int64) -> Expiry {
        let due = deadline.load(ordering: .sequentiallyConsistent)
        guard due != 0, due <= now else { return .nothing }
        let current: Current? = state.withLock { state in
            if state.closed { return nil }
            if case .reading = state.current { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return state.current
        }
        // A new deadline that was set meanwhile stays.
        var next: Int64 = 0
        if case .events(let stream)? = current, let pause = stream.pause { next = now + pause }
        _ = deadline.compareExchange(expected: due, desired: next, ordering: .sequentiallyConsistent)
        switch current {
        case .reading: return .cut
        case .later(let reply):
            reply.expire()
            return .reply
        case .events(let stream):
            stream.comment()
            return .comment
        case .running, nil: return .nothing
        }
    }

    /// The server is stopping: whoever waits is answered.
    /// - Returns: whether a request is still under way.
    func drain() -> Bool {
        switch state.withLock({ $0.current }) {
        case .reading: return false
        case .running: return true
        case .later(let reply): reply.stop(Refusal.stopping.response)
        case .events(let stream): stream.end()
        }
        return true
    }
}
