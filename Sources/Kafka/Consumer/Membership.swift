internal import CRdKafka
internal import Synchronization
internal import Telemetry

/// What the rebalance callback reaches: the handler, and what `poll` must know of changes. Holds no handle.
final class Membership: Sendable {
    struct State {
        var handler: (any RebalanceHandler)?
        var start = ConsumerConfiguration.Start.beginning
        /// Partitions whose next offset may lie below the last one seen: newly assigned or sought.
        var rewound: Set<TopicPartition> = []
        var everyPartitionRewound = false
        /// What is assigned, and where each began.
        var assigned: [TopicPartitionOffset] = []
        var errors: [KafkaError] = []
        /// Changes that `Consumer.batches` has not told yet; kept only where somebody asks for them.
        var untold: [AssignmentChange] = []
        var keepsChanges = false

        mutating func note(_ change: AssignmentChange) {
            // 1,000 rebalances without one batch between them: the oldest are of no use any more.
            if keepsChanges { untold = untold.suffix(999) + [change] }
        }
    }

    let state: Locked<State>
    /// Moves when `rewound` has something to say.
    let changes = Atomic<Int>(0)
    let logger: Logger?
    let queues = PartitionQueues()

    init(start: ConsumerConfiguration.Start, logger: Logger?) {
        var state = State()
        state.start = start
        self.state = Locked(state)
        self.logger = logger
    }

    func takeChanges() -> [AssignmentChange] {
        state.withLock { state in
            defer { state.untold = [] }
            return state.untold
        }
    }

    func note(assigned places: [TopicPartitionOffset]) {
        state.withLock { state in
            state.assigned = places
            state.everyPartitionRewound = true
        }
        changes.add(1, ordering: .releasing)
    }

    /// Thrown by the next poll.
    func report(_ error: KafkaError) {
        state.withLock { $0.errors.append(error) }
        changes.add(1, ordering: .releasing)
    }

    func rewind(_ partitions: [TopicPartition]) {
        state.withLock { $0.rewound.formUnion(partitions) }
        changes.add(1, ordering: .releasing)
    }

    func rebalance(
        _ handle: OpaquePointer, _ code: rd_kafka_resp_err_t, _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
    ) {
        let partitions = PartitionList.places(of: list).map(\.topicPartition)
        if code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            assign(handle, partitions)
            return
        }
        let lost = code != RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS || rd_kafka_assignment_lost(handle) != 0
        logger?.info(
            lost ? "partitions lost" : "partitions revoked",
            ["count": partitions.count, "code": KafkaError.Code(code).name])
        let handler = state.withLock { $0.handler }
        if lost { handler?.lost(partitions) } else { handler?.revoked(partitions) }
        // Also what the handler added by itself goes: the whole assignment ends.
        let failed = rd_kafka_assign(handle, nil)
        state.withLock { state in
            state.assigned = []
            state.note(lost ? .lost(partitions) : .revoked(partitions))
            if failed != RD_KAFKA_RESP_ERR_NO_ERROR { state.errors.append(KafkaError(failed, in: "unassign")) }
        }
        changes.add(1, ordering: .releasing)
    }

    private func assign(_ handle: OpaquePointer, _ partitions: [TopicPartition]) {
        let (handler, start) = state.withLock { ($0.handler, $0.start) }
        let places = handler?.assigned(partitions) ?? resolve(handle, partitions, start)
        logger?.info("partitions assigned", ["count": places.count])
        let list = PartitionList(places)
        let failed = rd_kafka_assign(handle, list.pointer)
        queues.keep(handle, places)
        state.withLock { state in
            state.assigned = places
            state.everyPartitionRewound = true
            state.note(.assigned(places.map(\.topicPartition)))
            if failed != RD_KAFKA_RESP_ERR_NO_ERROR { state.errors.append(KafkaError(failed, in: "assign")) }
        }
        changes.add(1, ordering: .releasing)
    }

    /// A committed offset, else `start`. With `auto.offset.reset=error` a first start would get `_AUTO_OFFSET_RESET: no previously
    /// committed offset available` and no record, so offsets are resolved here; the setting stays as the net for a log that was cut.
    private func resolve(
        _ handle: OpaquePointer, _ partitions: [TopicPartition], _ start: ConsumerConfiguration.Start
    ) -> [TopicPartitionOffset] {
        let list = PartitionList(partitions)
        let code = rd_kafka_committed(handle, list.pointer, 10_000)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            logger?.warning("committed offsets are not to be had; the library asks for them itself", ["error": KafkaError.Code(code).name])
            return partitions.map { TopicPartitionOffset($0, TopicPartitionOffset.committed) }
        }
        return list.places.map { place in
            if place.offset >= 0 { return place }
            return switch start {
            case .beginning: TopicPartitionOffset(place.topicPartition, TopicPartitionOffset.beginning)
            case .end: TopicPartitionOffset(place.topicPartition, TopicPartitionOffset.end)
            case .fail: TopicPartitionOffset(place.topicPartition, TopicPartitionOffset.committed)
            }
        }
    }
}
