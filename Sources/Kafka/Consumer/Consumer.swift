internal import CRdKafka
internal import Synchronization
internal import Telemetry

/// Reads records from Kafka.
///
/// The low level is for a thread of the caller's own: `poll(into:max:timeout:)` blocks in the library until the first record, takes what
/// is there, and copies it into one arena. One thread polls at a time; every other call may come from any thread. Rebalances are told
/// and commits answered on the polling thread. For async code there is `batches`.
///
/// Call `close(within:)`: the library's threads keep the handle alive until then.
public final class Consumer: Sendable {
    /// The settings that it was made with.
    public let configuration: ConsumerConfiguration
    let handle: ClientHandle
    /// Sendable: a queue is synchronised by librdkafka; immutable after init.
    nonisolated(unsafe) let queue: OpaquePointer
    let context: ClientContext
    let membership: Membership
    let polling: Polling
    let registry = TopicRegistry()
    let commits: Commits
    let watch: ConsumerWatch
    let closing = Atomic<Bool>(false)
    /// Set when the thread ends that asks for the ends, so that the library fetches again.
    let refill = Locked<Flag?>(nil)
    let refillCount = Atomic<Int>(0)
    let feed = Locked<ConsumerFeed?>(nil)

    /// Makes the handle; joins nothing yet.
    public init(_ configuration: ConsumerConfiguration) throws(KafkaError) {
        self.configuration = configuration
        membership = Membership(start: configuration.start, logger: configuration.kafka.logger)
        let watch = ConsumerWatch()
        self.watch = watch
        context = ClientContext(configuration.kafka, membership: membership) { [membership] error in
            watch.failed(error)
            if error.isAboutTopic { membership.report(error) }
        }
        handle = try ClientHandle(RD_KAFKA_CONSUMER, configuration.settings(), events: 0, context)
        rd_kafka_poll_set_consumer(handle.pointer)
        guard let queue = rd_kafka_queue_get_consumer(handle.pointer) else {
            throw KafkaError(.configuration, .fatal, in: "rd_kafka_queue_get_consumer", "out of memory")
        }
        self.queue = queue
        polling = Polling(PollState(headers: configuration.headers, registry: registry))
        commits = Commits()
        if case .oauth = configuration.kafka.security.sasl {
            try check("sasl callbacks", rd_kafka_sasl_background_callbacks_enable(handle.pointer))
        }
    }

    deinit { rd_kafka_queue_destroy(queue) }

    /// Joins the group for these topics; one that begins with `^` is a regular expression. `handler` is told of every change; without one
    /// partitions begin at their committed offset, or at `ConsumerConfiguration.start`.
    public func subscribe(_ topics: [String], handler: (any RebalanceHandler)? = nil) throws(KafkaError) {
        guard configuration.group != nil else {
            throw KafkaError(.configuration, .reject, in: "subscribe", "a group is needed; without one use assign")
        }
        membership.state.withLock { $0.handler = handler }
        let list = PartitionList(topics.map { TopicPartition($0, -1) })
        try check("subscribe", rd_kafka_subscribe(handle.pointer, list.pointer))
    }

    /// Leaves the group at once, so that a static member's partitions are not idle for the session time-out (0.01 s against 9.95 s). The
    /// polling thread is told `revoked`: poll on until it was.
    public func unsubscribe() throws(KafkaError) {
        try check("unsubscribe", rd_kafka_unsubscribe(handle.pointer))
    }

    /// Takes exactly these partitions from these places, outside of any group.
    public func assign(_ places: [TopicPartitionOffset]) throws(KafkaError) {
        let list = PartitionList(places)
        membership.note(assigned: places)
        try check("assign", rd_kafka_assign(handle.pointer, list.pointer))
        membership.queues.keep(handle.pointer, places)
    }

    /// What is assigned now.
    public var assignment: [TopicPartition] {
        var list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
        guard rd_kafka_assignment(handle.pointer, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { return [] }
        return PartitionList(consuming: list).partitions
    }

    /// Fetches no more of these partitions. What was fetched ahead is dropped and fetched again: pause only when full for long.
    public func pause(_ partitions: [TopicPartition]) throws(KafkaError) {
        let list = PartitionList(partitions)
        try check("pause", rd_kafka_pause_partitions(handle.pointer, list.pointer))
        if let fault = list.fault { throw KafkaError(fault.error, in: "pause", detail: fault.place.topicPartition.description) }
    }

    /// Fetches these partitions again.
    public func resume(_ partitions: [TopicPartition]) throws(KafkaError) {
        let list = PartitionList(partitions)
        try check("resume", rd_kafka_resume_partitions(handle.pointer, list.pointer))
        if let fault = list.fault { throw KafkaError(fault.error, in: "resume", detail: fault.place.topicPartition.description) }
    }

    /// Goes on elsewhere. The partitions must be assigned.
    public func seek(_ places: [TopicPartitionOffset], within limit: Duration = .seconds(5)) throws(KafkaError) {
        membership.rewind(places.map(\.topicPartition))
        let list = PartitionList(places)
        try check("seek", rd_kafka_seek_partitions(handle.pointer, list.pointer, limit.milliseconds))
        if let fault = list.fault { throw KafkaError(fault.error, in: "seek", detail: fault.place.description) }
    }

    /// The index that records of this topic carry, whether any has come or not.
    public func topicIndex(of name: String) -> Int32 {
        Int32(registry.index(of: name))
    }

    /// The name that the group's coordinator gave this member; nil before the first join.
    public var memberID: String? {
        guard let text = rd_kafka_memberid(handle.pointer) else { return nil }
        defer { rd_kafka_mem_free(handle.pointer, text) }
        return String(cString: text)
    }

    /// Leaves the group and ends, waiting no longer than `limit`: with the coordinator gone the library can wait for ever. Rebalances of
    /// the end are told on a thread of this call. True when all ended in time; otherwise what is left goes on ending on a thread of its own.
    /// No poll may come after.
    @discardableResult
    public func close(within limit: Duration) async -> Bool {
        let clean = try? await OwnThread.blocking("kafka-close") { () throws(KafkaError) in self.closeBlocking(within: limit) }
        return clean ?? false
    }
}
