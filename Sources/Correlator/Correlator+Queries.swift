public import Core
internal import Events
internal import Kafka
internal import Store
internal import Telemetry

extension Correlator {
    /// The job as it is folded now.
    public func lookup(_ id: RequestID) -> JobAnswer {
        let (answer, partition, departures) = readers.lookup(id, now: Clocks.monotonic)
        if let answer { return answer }
        if let stored = tables.job(partition, id), stored.job.isVisible {
            readers.remember(stored.job, partition, departures: departures)
            return .job(stored.job)
        }
        if tables.purgedUntil(partition, id) != nil { return .purged }
        return .absent(partition: partition)
    }

    /// Watches a job: `onChange` gets every later state of it, newest last, possibly with versions left out, on the correlator's thread; nil when
    /// the partition is no longer this node's, and then never again. Look the job up after this call, so that no change is missed.
    public func observe(_ id: RequestID, _ onChange: @escaping @Sendable (Job?) -> Void) -> Observation {
        readers.state.withLock { $0.observers.add(id, onChange) }
    }

    /// Ends a watch. False when it had ended by itself. A call that is under way may still come.
    @discardableResult
    public func unobserve(_ observation: Observation) -> Bool {
        readers.state.withLock { $0.observers.remove(observation) }
    }

    /// Calls `done` once the fold has passed `target` (at once, on the caller's thread, when it has or when nothing can be waited for), or when
    /// `limit` is over. Askers for the end of one partition share one look at it.
    public func whenFolded(_ target: FoldTarget, within limit: Duration, _ done: @escaping @Sendable (FoldedAnswer) -> Void) {
        let now = Clocks.monotonic
        readers.wait(for: target, until: now + limit.wholeMilliseconds, now: now, done)
    }

    /// `<operation>.requests` under this correlator's prefix.
    public func requestsTopic(of operation: String) -> String { configuration.topics.requests(operation) }

    /// The partition of an id; nil while the number of partitions is not known.
    public func partition(of id: RequestID) -> Int32? {
        let count = readers.state.withLock { $0.views.count }
        return count > 0 ? Core.partition(of: id, count: count) : nil
    }

    /// Which node owns the partition of an id.
    public func owner(of id: RequestID) -> PartitionOwner {
        guard let partition = partition(of: id) else { return .nobody }
        return readers.owner(of: partition)
    }

    /// Addresses of the other nodes that own partitions, sorted.
    public var otherAddresses: [String] {
        let owners = readers.state.withLock { Array($0.owners.values) }
        return Set(owners.filter { $0.node != configuration.node && !$0.address.isEmpty }.map(\.address)).sorted()
    }

    /// How long jobs of an operation took of late; nil when none has ended since the start.
    public func typicalDuration(of operation: String) -> TypicalDuration? {
        readers.state.withLock { state in
            guard let known = state.estimates[operation], let p50 = known.quantile(0.5), let p90 = known.quantile(0.9) else { return nil }
            return TypicalDuration(p50: .milliseconds(p50), p90: .milliseconds(p90), samples: known.count)
        }
    }

    /// Whether this node can answer for its partitions, and what it waits for.
    public var readiness: Readiness { readers.readiness(now: Clocks.monotonic) }

    /// This node's jobs, newest first. Jobs of the last milliseconds, which the store does not have yet, may be missing.
    /// - Parameter before: the last job of the page before (`JobPage.next`).
    public func jobs(_ filter: JobFilter, limit: Int, before: JobCursor? = nil) -> JobPage {
        let page = JobLister(
            tables: tables, filter: filter, partitions: readers.answering(now: Clocks.monotonic), rowsMax: configuration.limits.listRowsMax
        )
        .page(limit: max(1, limit), before: before)
        // The newest state of each; one that left the filter meanwhile is left out.
        let jobs = page.jobs.compactMap { stored -> Job? in
            guard case .job(let job) = readers.lookup(stored.id, now: Clocks.monotonic).answer else { return stored }
            return filter.matches(job) ? job : nil
        }
        return JobPage(jobs: jobs, next: page.next)
    }

    /// Partial results with an index above `after`, by index, at most `limit`. Nil where the job is not here.
    public func parts(of id: RequestID, after: Int, limit: Int) -> [PartEntry]? {
        guard case .job = lookup(id), let partition = partition(of: id) else { return nil }
        return tables.parts(partition, id, after: after, limit: limit)
    }

    /// Every event of a job by time of its record in the log. Nil where the job is not here.
    public func history(of id: RequestID) -> [HistoryEntry]? {
        guard case .job(let job) = lookup(id), let partition = partition(of: id) else { return nil }
        return tables.history(partition, id).map { event in
            HistoryEntry(
                topic: event.track == .requests
                    ? configuration.topics.requests(job.operation) : configuration.topics.responses(job.operation),
                partition: partition, offset: event.offset, time: Timestamp(milliseconds: event.time), type: HistoryType.name(event.type),
                source: event.source, sequence: event.sequence, attempt: Int(event.attempt), outcome: event.outcome, note: event.note)
        }
    }

    /// Records that could not be read and were set aside, newest last.
    public func setAside(limit: Int) -> [SetAsideRecord] { tables.setAside(limit: limit) }
}
