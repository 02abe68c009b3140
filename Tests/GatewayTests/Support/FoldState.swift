import Core

@testable import Gateway

/// What the double has folded, and who waits for it.
struct FoldState: Sendable {
    struct Waiter: Sendable {
        let topics: [String]
        let partition: Int32
        /// Next offsets to be reached, by topic; nil until the ends were looked up.
        var goals: [String: Int64]?
        let deadline: ContinuousClock.Instant
        let done: @Sendable (Bool) -> Void
    }

    struct Observer: Sendable {
        let number: Int
        let id: RequestID
        let onChange: @Sendable (Job?) -> Void
    }

    var jobs: [RequestID: Job] = [:]
    var histories: [RequestID: [HistoryEntry]] = [:]
    var parts: [RequestID: [JobPart]] = [:]
    /// The next offset of each topic's partition.
    var positions: [String: [Int32: Int64]] = [:]
    var waiters: [Waiter] = []
    var observers: [Observer] = []
    var observed = 0
    var lookedAtEnds = 0

    // What a test decides.
    var isHeld = false
    var owner: PartitionOwner = .here
    var purged: Set<RequestID> = []
    var notReady: String?
    var typical: Duration?
    /// Tests that wait for a state.
    var watchers: [(until: @Sendable (FoldState) -> Bool, waiter: CheckedContinuation<Void, Never>)] = []

    func position(_ topic: String, _ partition: Int32) -> Int64 { positions[topic]?[partition] ?? 0 }

    mutating func fold(request: RequestRecord, topic: String, partition: Int32, offset: Int64) -> RequestID {
        var job = jobs[request.id] ?? Job(id: request.id)
        let change = job.fold(request: request, offset: offset, appendedAt: request.createdAt)
        jobs[request.id] = job
        note(request.id, topic, partition, offset, request.createdAt, "Request", request.attempt, "", 0, change)
        return request.id
    }

    mutating func fold(event: EventRecord, topic: String, partition: Int32, offset: Int64) -> RequestID {
        var job = jobs[event.id] ?? Job(id: event.id)
        let change = job.fold(event: event)
        jobs[event.id] = job
        if case .part(let index, let payload) = event.event, change.effects.contains(.part) {
            parts[event.id, default: []].append(JobPart(index: index, attempt: event.attempt, time: event.time, payload: payload))
        }
        note(
            event.id, topic, partition, offset, event.time, "\(event.event)".prefix { $0 != "(" }.description, event.attempt, event.source,
            event.sequence, change)
        return event.id
    }

    private mutating func note(
        _ id: RequestID, _ topic: String, _ partition: Int32, _ offset: Int64, _ time: Timestamp, _ type: String, _ attempt: Int,
        _ source: String,
        _ sequence: Int64, _ change: Change
    ) {
        let counted = [.counted, .first, .attempt].contains(change.outcome)
        histories[id, default: []].append(
            HistoryEntry(
                topic: topic, partition: partition, offset: offset, time: time, type: type, attempt: attempt, source: source,
                sequence: sequence,
                counted: counted, note: ""))
    }

    func answer(_ id: RequestID) -> JobAnswer {
        if owner != .here { return .elsewhere }
        if let notReady { return .notReady(notReady) }
        if purged.contains(id) { return .purged }
        guard let job = jobs[id], job.isVisible else { return .absent }
        return .job(job)
    }
}
