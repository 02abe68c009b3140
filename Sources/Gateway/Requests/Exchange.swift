import Core
import HTTPServer
import Telemetry

/// One accepted request between its record's way to Kafka and its answer. Exactly one answer is given, by whoever comes first: the delivery
/// report, the fold, the job's end, or time.
final class Exchange: Sendable {
    /// What the client is answered with.
    enum Kind: Sendable {
        /// `202` at the acknowledgement.
        case acknowledge
        /// The job when it ends in time, else `202`.
        case wait(seconds: Int)
    }

    /// Who chose the id: an id of ours cannot be taken, the others are answered after the fold has seen whose record was first.
    enum Identity: Sendable {
        case fresh
        case key
        case own
    }

    private struct State {
        var place: Place?
        var observation: (any JobObservation)?
        var isReplay = false
        var isDecided = false
        var isEnded = false
    }

    let id: RequestID
    let operation: String
    private let request: Request
    let kind: Kind
    let identity: Identity
    let digest: PayloadDigest?
    let preferenceApplied: String?
    let began: ContinuousClock.Instant
    private let state = Locked(State())

    init(
        id: RequestID, operation: String, request: Request, kind: Kind, identity: Identity, digest: PayloadDigest?,
        preferenceApplied: String?,
        began: ContinuousClock.Instant
    ) {
        self.id = id
        self.operation = operation
        self.request = request
        self.kind = kind
        self.identity = identity
        self.digest = digest
        self.preferenceApplied = preferenceApplied
        self.began = began
    }

    /// The target as it came, for the problem documents.
    var target: String { request.target }
    /// Where the record lies, once Kafka has acknowledged it.
    var place: Place? { state.withLock { $0.place } }
    var isReplay: Bool { state.withLock { $0.isReplay } }

    func acknowledged(at place: Place) { state.withLock { $0.place = place } }
    /// Whether it is known whose record is the first of the id: at once for ids of ours, else after the fold.
    var isDecided: Bool { identity == .fresh || state.withLock { $0.isDecided } }

    /// The id is settled: this record's, or that of an earlier one with the same body.
    func decided(isReplay: Bool) {
        state.withLock { state in
            state.isDecided = true
            state.isReplay = isReplay
        }
    }

    /// Keeps the watch on the job, to be cancelled with the exchange: at once when that has ended meanwhile.
    func watches(_ observation: any JobObservation) {
        let isLate = state.withLock { state in
            if !state.isEnded { state.observation = observation }
            return state.isEnded
        }
        if isLate { observation.cancel() }
    }

    /// Ends the watch; called at every end of the exchange.
    func end() {
        let observation = state.withLock { state in
            defer { state.observation = nil }
            state.isEnded = true
            return state.observation
        }
        observation?.cancel()
    }
}
