internal import CRdKafka
internal import Telemetry

extension Consumer {
    /// Takes further partitions; the others go on where they are. Also on top of what a group assigned.
    ///
    /// Call it between polls on the polling thread; while another thread polls it throws `concurrentPoll`. Not from a `RebalanceHandler`,
    /// whose answer is what is assigned. What was fetched ahead is fetched again: rare calls with many partitions, not many with one.
    public func add(_ places: [TopicPartitionOffset]) throws(KafkaError) {
        try change { assigned in
            let new = Set(places.map(\.topicPartition))
            return assigned.filter { !new.contains($0.topicPartition) } + places
        }
    }

    /// Gives partitions up; the others go on where they are. Called like `add`.
    public func remove(_ partitions: [TopicPartition]) throws(KafkaError) {
        let gone = Set(partitions)
        try change { $0.filter { !gone.contains($0.topicPartition) } }
    }

    /// The library refuses incremental changes under an eager protocol, so the whole assignment is set anew, each partition where it stands:
    /// behind the last record handed out, or where it was assigned when there was none yet.
    private func change(_ edit: ([TopicPartitionOffset]) -> [TopicPartitionOffset]) throws(KafkaError) {
        let state = try polling.enter("change of the assignment")
        defer { polling.leave(state) }
        let begun = membership.state.withLock { $0.assigned }
        let positions = try positions(of: begun.map(\.topicPartition))
        let wanted = edit(zip(begun, positions).map { $1.offset >= 0 ? $1 : $0 })
        let list = PartitionList(wanted)
        try check("change of the assignment", rd_kafka_assign(handle.pointer, list.pointer))
        membership.queues.keep(handle.pointer, wanted)
        membership.note(assigned: wanted)
    }
}
