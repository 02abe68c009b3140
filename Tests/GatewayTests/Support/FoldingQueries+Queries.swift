import Core
import Telemetry

@testable import Gateway

extension FoldingQueries {
    struct Watching: JobObservation {
        let queries: FoldingQueries
        let number: Int
        func cancel() { queries.set { [number] in $0.observers.removeAll { $0.number == number } } }
    }

    func lookup(_ id: RequestID) -> JobAnswer { state.withLock { $0.answer(id) } }

    func observe(_ id: RequestID, _ onChange: @escaping @Sendable (Job?) -> Void) -> (now: JobAnswer, observation: any JobObservation) {
        let (answer, number) = state.withLock { state in
            state.observed += 1
            state.observers.append(FoldState.Observer(number: state.observed, id: id, onChange: onChange))
            return (state.answer(id), state.observed)
        }
        set { _ in }
        return (answer, Watching(queries: self, number: number))
    }

    /// The partitions go to another node.
    func move(to owner: PartitionOwner) {
        let observers = state.withLock { state in
            state.owner = owner
            return state.observers
        }
        for observer in observers { observer.onChange(nil) }
    }

    func whenFolded(
        operation: String, partition: Int32, past offset: Int64, within limit: Duration, _ done: @escaping @Sendable (Bool) -> Void
    ) {
        wait([topic(operation): offset + 1], partition, limit, done)
    }

    func whenFoldedToEnd(of id: RequestID, within limit: Duration, _ done: @escaping @Sendable (Bool) -> Void) {
        wait(nil, Core.partition(of: id, count: Ring.partitions), limit, done)
    }

    private func topic(_ operation: String) -> String { "t.\(operation).requests" }

    private func wait(_ goals: [String: Int64]?, _ partition: Int32, _ limit: Duration, _ done: @escaping @Sendable (Bool) -> Void) {
        let answer: Bool? = state.withLock { state in
            guard state.owner == .here else { return false }
            if let goals, goals.allSatisfy({ state.position($0.key, partition) >= $0.value }) { return true }
            state.waiters.append(FoldState.Waiter(topics: [], partition: partition, goals: goals, deadline: .now + limit, done: done))
            return nil
        }
        if let answer { done(answer) }
        set { _ in }
    }

    func jobs(_ filter: JobFilter) -> JobPage {
        let found = state.withLock { state in
            state.owner != .here
                ? []
                : state.jobs.values.filter { job in
                    job.isVisible && (filter.operation.map { job.operation == $0 } ?? true)
                        && (filter.status.map { job.status == $0 } ?? true)
                        && (filter.tenant.map { job.tenant == $0 } ?? true) && (filter.since.map { job.createdAt >= $0 } ?? true)
                        && (filter.until.map { job.createdAt < $0 } ?? true)
                        && (filter.cursor.map { (job.createdAt, job.id) < ($0.createdAt, $0.id) } ?? true)
                }
        }.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        let page = Array(found.prefix(filter.limit))
        let next = found.count > page.count ? page.last.map { JobCursor(createdAt: $0.createdAt, id: $0.id) } : nil
        return JobPage(jobs: page, next: next)
    }

    func parts(of id: RequestID, after: Int, limit: Int) -> [JobPart]? {
        state.withLock { state in
            state.jobs[id] == nil
                ? nil : Array((state.parts[id] ?? []).filter { $0.index > after }.sorted { $0.index < $1.index }.prefix(limit))
        }
    }

    func history(of id: RequestID) -> [HistoryEntry]? { state.withLock { $0.histories[id] } }
    func owner(of id: RequestID) -> PartitionOwner { state.withLock { $0.owner } }
    func typicalDuration(of operation: String) -> Duration? { state.withLock { $0.typical } }
    func notReadyReason() -> String? { state.withLock { $0.notReady } }
}
