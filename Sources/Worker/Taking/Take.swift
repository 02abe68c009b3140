import Core
import Events
import Kafka

import Telemetry

/// One *started* and what its source sends after it, of a handler that runs beside others.
///
/// Events leave in the order of their sequence: whoever adds one to an empty outbox sends until it is empty again, others only add.
final class Take: Sendable {
    enum Phase {
        case running
        /// Asked to end by a client; the handler's end decides what is answered.
        case cancelling(reason: String)
        /// Its last event is sent or on its way.
        case ended
    }

    struct State {
        var phase = Phase.running
        var sequence: Int64 = 1
        var outbox: [Outgoing] = []
        var isSending = false
        var gate: ProgressGate<Progress>
        var parts = 0
        var task: Task<Void, Never>?
        var signals: [Signal] = []
        var delivered = 0
        var waiters: [(name: String, key: Int, waiter: CheckedContinuation<[UInt8], any Error>)] = []
        var waiterKeys = 0
    }

    struct Outgoing {
        let kind: PendingTable.Kind
        let event: Event
    }

    let id: RequestID
    let attempt: Int
    let number: UInt64
    let source: String
    let partition: Int32
    let offset: Int64
    let head: ResponseHead
    let headers: [Header]
    let started: ContinuousClock.Instant
    let state: Locked<State>

    init(
        id: RequestID, attempt: Int, number: UInt64, source: String, partition: Int32, offset: Int64, head: ResponseHead, headers: [Header],
        progressInterval: Duration
    ) {
        self.id = id
        self.attempt = attempt
        self.number = number
        self.source = source
        self.partition = partition
        self.offset = offset
        self.head = head
        self.headers = headers
        started = .now
        state = Locked(State(gate: ProgressGate(interval: progressInterval)))
    }

    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Remembers the handler's task, so that it can be cancelled; cancels it at once if that was asked for before.
    func run(in task: Task<Void, Never>) {
        let isWanted = state.withLock { state in
            state.task = task
            if case .running = state.phase { return true }
            return false
        }
        if !isWanted { task.cancel() }
    }

    /// A client's wish: the handler is cancelled and its end decides.
    func cancel(reason: String) {
        let task = state.withLock { state -> Task<Void, Never>? in
            guard case .running = state.phase else { return nil }
            state.phase = .cancelling(reason: reason)
            return state.task
        }
        task?.cancel()
    }

    /// Ends the handler from outside.
    func abort() {
        let (task, waiters) = state.withLock { state in
            defer { state.waiters = [] }
            return (state.task, state.waiters)
        }
        task?.cancel()
        for waiter in waiters { waiter.waiter.resume(throwing: CancellationError()) }
    }
}

extension Take.State {
    var hasEnded: Bool { if case .ended = phase { true } else { false } }
}
