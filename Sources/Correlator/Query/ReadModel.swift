internal import Core
internal import Events
internal import Kafka
internal import Telemetry

/// What readers see, behind one lock that nobody holds while calling anything: the loop writes it once a batch, HTTP threads read it.
final class ReadModel: Sendable {
    struct Owner {
        let node: String
        let address: String
    }

    struct State {
        /// By partition number; nil where this node is not the owner.
        var views: [PartitionView?] = []
        var owners: [Int32: Owner] = [:]
        var observers = ObserverTable()
        var estimates: [String: DurationReservoir] = [:]
        /// When the last commit that succeeded was sent (monotonic milliseconds): the proof that we are a member of the group.
        var proof = Int64.min / 2
        /// The numbers of the last assignment; nil before the first one.
        var assigned: Set<Int32>?
        /// Somebody waits for a look at the ends that is still to begin, and those whose look is under way.
        var isAsked = false
        var looking: [(partition: Int32, waiters: [FoldWaiters.Waiter])] = []
        /// How many wait in all.
        var waiters: Int { views.reduce(0) { $0 + ($1?.waiters.count ?? 0) } + looking.reduce(0) { $0 + $1.waiters.count } }
        var failure: String?
    }

    let state: Locked<State>
    private let node: String
    private let proofAgeMax: Int64
    private let limits: CorrelatorLimits
    /// Called behind the callbacks of one batch, so that who is called can complete many answers in one go.
    private let afterBatch: @Sendable () -> Void

    init(node: String, timings: CorrelatorTimings, limits: CorrelatorLimits, afterBatch: @escaping @Sendable () -> Void) {
        self.node = node
        self.afterBatch = afterBatch
        self.limits = limits
        proofAgeMax = (timings.session - timings.proofMargin).wholeMilliseconds
        state = Locked(State())
    }

    // MARK: the loop's side

    /// The loop starts to restore a partition.
    func open(_ partition: Int32, of count: Int) {
        close(partition)
        state.withLock { state in
            if state.views.count < count { state.views += Array(repeating: nil, count: count - state.views.count) }
            state.views[Int(partition)] = PartitionView(recentMax: max(1, limits.recentJobsMax / (2 * max(1, count))))
        }
    }

    /// The partition is another's; who waited for it or watched a job of it is told so.
    func close(_ partition: Int32) {
        let (waiters, observers) = state.withLock { state -> ([FoldWaiters.Callback], [ObserverTable.Callback]) in
            let count = state.views.count
            guard Int(partition) < count, state.views[Int(partition)] != nil else { return ([], []) }
            let waiters = state.views[Int(partition)]?.waiters.takeAll() ?? []
            state.views[Int(partition)] = nil
            return (waiters, state.observers.takeAll { Core.partition(of: $0, count: count) == partition })
        }
        for callback in waiters { callback(.notOwned) }
        for callback in observers { callback(nil) }
        if !waiters.isEmpty || !observers.isEmpty { afterBatch() }
    }

    /// One folded batch: readers see it from here on, then observers and waiters are called, all in one go and outside of the lock.
    /// - Parameter ready: whether the partition has been restored, so that it answers.
    func publish(
        _ partition: Int32, _ changed: [JobSnapshot], positions: [String: Int64], ready: Bool,
        ended: [(operation: String, milliseconds: Int64)] = []
    ) {
        let (calls, passed) = state.withLock { state -> ([(ObserverTable.Callback, JobSnapshot)], [FoldWaiters.Callback]) in
            guard Int(partition) < state.views.count, state.views[Int(partition)] != nil else { return ([], []) }
            var calls: [(ObserverTable.Callback, JobSnapshot)] = []
            for snapshot in changed {
                state.views[Int(partition)]!.jobs[snapshot.job.id] = snapshot
                guard !state.observers.isEmpty else { continue }
                for callback in state.observers.callbacks(for: snapshot.job.id) { calls.append((callback, snapshot)) }
            }
            state.views[Int(partition)]!.positions = positions
            if ready { state.views[Int(partition)]!.waitsFor = nil }
            for each in ended { state.estimates[each.operation, default: DurationReservoir()].add(milliseconds: each.milliseconds) }
            guard state.views[Int(partition)]!.waitsFor == nil else { return (calls, []) }
            return (calls, state.views[Int(partition)]!.waiters.takePassed { positions[$0] })
        }
        for (callback, snapshot) in calls { callback(snapshot.job) }
        for callback in passed { callback(.passed) }
        if !calls.isEmpty || !passed.isEmpty { afterBatch() }
    }

    /// Jobs that the store holds now and memory does not any more, and ids that neither has.
    func depart(_ partition: Int32, _ jobs: [JobSnapshot], gone: [RequestID]) {
        state.withLock { state in
            guard Int(partition) < state.views.count, state.views[Int(partition)] != nil else { return }
            state.views[Int(partition)]!.departures &+= 1
            for snapshot in jobs {
                state.views[Int(partition)]!.jobs[snapshot.job.id] = nil
                state.views[Int(partition)]!.recent.insert(snapshot, for: snapshot.job.id)
            }
            for id in gone {
                state.views[Int(partition)]!.jobs[id] = nil
                state.views[Int(partition)]!.recent.remove(id)
            }
        }
    }

    /// When the last commit that succeeded was sent.
    func proved(_ proof: ContinuousClock.Instant?) {
        guard let proof else { return }
        let at = Clocks.monotonic - (ContinuousClock.now - proof).wholeMilliseconds
        state.withLock { $0.proof = at }
    }

    var proof: Int64 { state.withLock { $0.proof } }

    // MARK: waits for the fold

    /// Waits until the fold has passed a place, or the end that the partition has now.
    func wait(for target: FoldTarget, until deadline: Int64, now: Int64, _ callback: @escaping FoldWaiters.Callback) {
        let partition = Int(target.partition)
        let answer: FoldedAnswer? = state.withLock { state in
            guard partition >= 0, partition < state.views.count, state.views[partition] != nil else { return .notOwned }
            guard state.waiters < limits.waitersMax else { return .refused }
            guard deadline > now else { return .timedOut }
            var goals: [(topic: String, position: Int64)]?
            if case .request(let topic, _, let offset) = target {
                if state.views[partition]!.waitsFor == nil, (state.views[partition]!.positions[topic] ?? 0) > offset { return .passed }
                goals = [(topic, offset + 1)]
            } else {
                state.isAsked = true
            }
            state.views[partition]!.waiters.add(FoldWaiters.Waiter(deadline: deadline, callback: callback, goals: goals))
            return nil
        }
        if let answer { callback(answer) }
    }

    /// Whether somebody waits for a look at the ends. Who does waits for the look that begins now: those are put aside until `looked`.
    func takeAsked() -> Bool {
        state.withLock { state in
            guard state.isAsked else { return false }
            state.isAsked = false
            for index in state.views.indices where state.views[index] != nil {
                let waiters = state.views[index]!.waiters.takeUnasked()
                if !waiters.isEmpty { state.looking.append((Int32(index), waiters)) }
            }
            return !state.looking.isEmpty
        }
    }

    /// The look's answer: the ends become the goals of those who waited for it; without an answer they ask again.
    func looked(_ result: Result<[TopicPartitionOffset], KafkaError>) {
        let (passed, lost) = state.withLock { state -> ([FoldWaiters.Callback], [FoldWaiters.Callback]) in
            var passed: [FoldWaiters.Callback] = []
            var lost: [FoldWaiters.Callback] = []
            for (partition, waiters) in state.looking {
                guard Int(partition) < state.views.count, state.views[Int(partition)] != nil else {
                    lost += waiters.map(\.callback)
                    continue
                }
                for var waiter in waiters {
                    if case .success(let places) = result {
                        waiter.goals = places.filter { $0.partition == partition }.map { ($0.topic, $0.offset) }
                    } else {
                        state.isAsked = true
                    }
                    state.views[Int(partition)]!.waiters.add(waiter)
                }
                if state.views[Int(partition)]!.waitsFor == nil {
                    let positions = state.views[Int(partition)]!.positions
                    passed += state.views[Int(partition)]!.waiters.takePassed { positions[$0] }
                }
            }
            state.looking = []
            return (passed, lost)
        }
        for callback in passed { callback(.passed) }
        for callback in lost { callback(.notOwned) }
        if !passed.isEmpty || !lost.isEmpty { afterBatch() }
    }

    func expireWaiters(now: Int64) {
        let late = state.withLock { state -> [FoldWaiters.Callback] in
            var late: [FoldWaiters.Callback] = []
            for index in state.views.indices where state.views[index] != nil && state.views[index]!.waiters.count > 0 {
                late += state.views[index]!.waiters.takeLate(now: now)
            }
            return late
        }
        for callback in late { callback(.timedOut) }
        if !late.isEmpty { afterBatch() }
    }

    // MARK: the readers' side

    /// What memory knows about an id; nil: ask the store, and then `remember` what it said.
    func lookup(_ id: RequestID, now: Int64) -> (answer: JobAnswer?, partition: Int32, departures: UInt64) {
        state.withLock { state in
            guard !state.views.isEmpty else { return (unowned(state, nil), -1, 0) }
            let partition = Int(Core.partition(of: id, count: state.views.count))
            guard state.views[partition] != nil else { return (unowned(state, Int32(partition)), Int32(partition), 0) }
            if let reason = notReady(state, partition, now) { return (.notReady(reason: reason), Int32(partition), 0) }
            if let snapshot = state.views[partition]!.jobs[id] { return (.job(snapshot.job), Int32(partition), 0) }
            if let snapshot = state.views[partition]!.recent.value(for: id) { return (.job(snapshot.job), Int32(partition), 0) }
            return (nil, Int32(partition), state.views[partition]!.departures)
        }
    }

    /// Keeps what the store said, unless jobs went from memory to the store meanwhile.
    func remember(_ job: Job, _ partition: Int32, departures: UInt64) {
        state.withLock { state in
            guard Int(partition) < state.views.count, state.views[Int(partition)]?.departures == departures else { return }
            state.views[Int(partition)]!.recent.insert(JobSnapshot(job), for: job.id)
        }
    }

    /// Why an owned partition does not answer; nil when it does.
    func notReady(_ state: State, _ partition: Int, _ now: Int64) -> String? {
        if let reason = state.views[partition]?.waitsFor { return reason }
        return now - state.proof > proofAgeMax ? "Kafka has not confirmed of late that this node owns the partition" : nil
    }

    /// Which node owns a partition.
    func owner(of partition: Int32) -> PartitionOwner {
        state.withLock { state in
            if Int(partition) < state.views.count, state.views[Int(partition)] != nil { return .here }
            guard let owner = state.owners[partition], owner.node != node else { return .nobody }
            return .node(address: owner.address)
        }
    }

    /// Partitions that answer now.
    func answering(now: Int64) -> [Int32] {
        state.withLock { state in
            state.views.indices.filter { state.views[$0] != nil && notReady(state, $0, now) == nil }.map { Int32($0) }
        }
    }

    func readiness(now: Int64) -> Readiness {
        state.withLock { state in
            let owned = state.views.indices.filter { state.views[$0] != nil }
            let waits = owned.compactMap { notReady(state, $0, now) }
            let ready = owned.filter { notReady(state, $0, now) == nil }
            // A number that was assigned a moment ago, or given up for a while, has no view yet.
            let isOpen = state.assigned.map { $0.isSubset(of: owned.map { Int32($0) }) } ?? false
            let missing = state.assigned == nil ? "the group has not assigned partitions yet" : "the partitions are being opened"
            let reason = state.failure ?? waits.first ?? (isOpen ? "" : missing)
            return Readiness(
                isReady: state.failure == nil && isOpen && waits.isEmpty, owned: owned.map { Int32($0) }, ready: ready.map { Int32($0) },
                reason: reason, failure: state.failure)
        }
    }

    /// A claim in `rejoinder.members`.
    func claimed(_ partition: Int32, _ member: Member?) {
        state.withLock { $0.owners[partition] = member.map { Owner(node: $0.node, address: $0.address) } }
    }

    func fail(_ reason: String) {
        let owned = state.withLock { state in
            state.failure = reason
            return state.views.indices.filter { state.views[$0] != nil }
        }
        for partition in owned { close(Int32(partition)) }
    }

    private func unowned(_ state: State, _ partition: Int32?) -> JobAnswer {
        guard let partition, let owner = state.owners[partition] else { return .unowned }
        return owner.node == node ? .notReady(reason: "the partition is being assigned") : .elsewhere(address: owner.address)
    }
}
