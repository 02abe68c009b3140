internal import Glibc
internal import Telemetry

/// Who is inside the store, and the idle read transactions. Closing waits until the last one has left.
final class Gate: Sendable {
    /// A read transaction that was reset.
    ///
    /// Sendable: it is taken out of the list before it is used, and with `MDB_NOTLS` it belongs to no thread.
    struct Idle: Sendable {
        nonisolated(unsafe) let transaction: OpaquePointer
    }

    private struct State {
        var idle: [Idle] = []
        var inside = 0
        var isClosed = false
        var writer: pthread_t?
    }

    private let state = Locked(State())
    private let idleMax: Int
    /// Posted once, by the last to leave a closed gate. Touched only through `sem_*`, freed when nobody is inside.
    private nonisolated(unsafe) let drained: UnsafeMutablePointer<sem_t>

    init(idleMax: Int) {
        self.idleMax = idleMax
        drained = .allocate(capacity: 1)
        sem_init(drained, 0, 0)
    }

    deinit {
        sem_destroy(drained)
        drained.deallocate()
    }

    /// Lets a reader in and gives it an idle transaction if there is one; false when closed.
    func enter(_ idle: inout Idle?) -> Bool {
        let (isOpen, taken) = state.withLock { state -> (Bool, Idle?) in
            if state.isClosed { return (false, nil) }
            state.inside += 1
            return (true, state.idle.popLast())
        }
        idle = taken
        return isOpen
    }

    /// Lets a reader out; false when its transaction is not wanted back.
    func leave(_ idle: Idle?) -> Bool {
        let (isKept, isLast) = state.withLock { state -> (Bool, Bool) in
            state.inside -= 1
            guard let idle, !state.isClosed, state.idle.count < idleMax else { return (false, state.isClosed && state.inside == 0) }
            state.idle.append(idle)
            return (true, false)
        }
        if isLast { sem_post(drained) }
        return isKept
    }

    /// Lets a writer in; false when closed.
    func enterToWrite() -> Bool {
        let thread = pthread_self()
        return state.withLock { state in
            precondition(state.writer != thread, "a write inside a write of the same thread would wait for itself")
            if state.isClosed { return false }
            state.inside += 1
            return true
        }
    }

    /// The thread that has the write transaction now.
    func writes(_ isWriting: Bool) {
        let thread = pthread_self()
        state.withLock { $0.writer = isWriting ? thread : nil }
    }

    /// Lets nobody in any more, waits for those inside and hands out the idle transactions; nil when it was closed before.
    func close() -> [Idle]? {
        let (idle, waits) = state.withLock { state -> ([Idle]?, Bool) in
            if state.isClosed { return (nil, false) }
            state.isClosed = true
            let idle = state.idle
            state.idle = []
            return (idle, state.inside > 0)
        }
        if waits { while sem_wait(drained) != 0 {} }
        return idle
    }
}
