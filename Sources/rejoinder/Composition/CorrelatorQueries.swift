import Core
import Correlator
import Gateway
import Telemetry

/// What the gateway asks, answered by this process's correlator. The correlator is joined once the HTTP side knows its port.
final class CorrelatorQueries: Gateway::JobQueries {
    private let joined = Locked<Correlator?>(nil)
    private static let starting = "the correlator is starting"

    func join(_ correlator: Correlator) { joined.withLock { $0 = correlator } }

    private var correlator: Correlator? { joined.withLock { $0 } }

    func lookup(_ id: RequestID) -> Gateway::JobAnswer {
        guard let correlator else { return .notReady(Self.starting) }
        return Self.answer(correlator.lookup(id))
    }

    private static func answer(_ answer: Correlator::JobAnswer) -> Gateway::JobAnswer {
        switch answer {
        case .job(let job): .job(job)
        case .absent: .absent
        case .purged: .purged
        case .notReady(let reason): .notReady(reason)
        case .elsewhere, .unowned: .elsewhere
        }
    }

    func observe(_ id: RequestID, _ onChange: @escaping @Sendable (Job?) -> Void) -> (
        now: Gateway::JobAnswer, observation: any JobObservation
    ) {
        guard let correlator else { return (.notReady(Self.starting), NoObservation()) }
        let observation = correlator.observe(id, onChange)
        return (Self.answer(correlator.lookup(id)), Watching(correlator: correlator, observation: observation))
    }

    private struct Watching: JobObservation {
        let correlator: Correlator
        let observation: Correlator::Observation
        func cancel() { correlator.unobserve(observation) }
    }

    func whenFolded(
        operation: String, partition: Int32, past offset: Int64, within limit: Duration, _ done: @escaping @Sendable (Bool) -> Void
    ) {
        guard let correlator else { return done(false) }
        let target = FoldTarget.request(topic: correlator.requestsTopic(of: operation), partition: partition, offset: offset)
        correlator.whenFolded(target, within: limit) { done($0 == .passed) }
    }

    func whenFoldedToEnd(of id: RequestID, within limit: Duration, _ done: @escaping @Sendable (Bool) -> Void) {
        guard let correlator, let partition = correlator.partition(of: id) else { return done(false) }
        correlator.whenFolded(.end(partition: partition), within: limit) { done($0 == .passed) }
    }

    func jobs(_ filter: Gateway::JobFilter) -> Gateway::JobPage {
        guard let correlator else { return Gateway::JobPage(jobs: [], next: nil) }
        let asked = Correlator::JobFilter(
            operation: filter.operation, status: filter.status, tenant: filter.tenant, since: filter.since, until: filter.until)
        let before = filter.cursor.map { Correlator::JobCursor(createdAt: $0.createdAt, id: $0.id) }
        let page = correlator.jobs(asked, limit: filter.limit, before: before)
        return Gateway::JobPage(jobs: page.jobs, next: page.next.map { Gateway::JobCursor(createdAt: $0.createdAt, id: $0.id) })
    }

    func parts(of id: RequestID, after: Int, limit: Int) -> [JobPart]? {
        correlator?.parts(of: id, after: after, limit: limit)?.map {
            JobPart(index: $0.index, attempt: $0.attempt, time: $0.time, payload: $0.payload)
        }
    }

    func history(of id: RequestID) -> [Gateway::HistoryEntry]? {
        correlator?.history(of: id)?.map { entry in
            Gateway::HistoryEntry(
                topic: entry.topic, partition: entry.partition, offset: entry.offset, time: entry.time, type: entry.type,
                attempt: entry.attempt,
                source: entry.source, sequence: entry.sequence, counted: Self.counted(entry.outcome), note: entry.note)
        }
    }

    private static func counted(_ outcome: Change.Outcome) -> Bool {
        switch outcome {
        case .counted, .first, .attempt: true
        case .duplicate, .kept, .late, .twin, .clash: false
        }
    }

    func owner(of id: RequestID) -> Gateway::PartitionOwner {
        switch correlator?.owner(of: id) {
        case .here: .here
        case .node(let address): .node(address: address)
        case .nobody, nil: .nobody
        }
    }

    func typicalDuration(of operation: String) -> Duration? { correlator?.typicalDuration(of: operation)?.p50 }

    func notReadyReason() -> String? {
        guard let correlator else { return Self.starting }
        let readiness = correlator.readiness
        return readiness.isReady ? nil : readiness.reason
    }
}

/// The watch of a job that is not here.
struct NoObservation: JobObservation {
    func cancel() {}
}
