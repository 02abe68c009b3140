internal import CRdKafka
internal import Synchronization
internal import Telemetry

/// Writes records to Kafka: idempotent, acknowledged by all in-sync replicas, partitioned by murmur2 as Java's clients do it.
///
/// - `enqueue` is the hot path: callable from any thread, never waits, allocates nothing of its own; outcomes come to the
///   `DeliveryObserver`.
/// - `send` is the async path over the same table: one suspension a batch.
///
/// A fatal error of the library does not end the producer: it takes a new handle (a *generation*), sends again in order what was not
/// acknowledged, and counts it (`generations`, `kafka_producer_generations_total`). What was in flight then may lie in the log twice.
/// One thread of its own polls the reports. It keeps the producer alive: call `close(within:)`.
public final class Producer: Sendable {
    /// The settings that it was made with.
    public let configuration: ProducerConfiguration
    let observer: (any DeliveryObserver)?
    let state: Locked<ProducerState>
    let context: ClientContext
    /// Calls that are inside of the library: a generation is not destroyed before they are out.
    let callsInProgress = Atomic<Int>(0)
    let ended = Flag()
    let closeDeadline = Locked<ContinuousClock.Instant?>(nil)
    let generationCount = Atomic<Int>(1)
    let generationsTotal: Counter?
    let cleanEnd = Atomic<Bool>(false)
    /// Transactions: whether one is open, whether the broker refused a record of it, the generation that `init_transactions` was called on,
    /// the one to replace.
    let inTransaction = Atomic<Bool>(false)
    let refusedInTransaction = Atomic<Bool>(false)
    let preparedGeneration = Atomic<Int>(0)
    let renewalWanted = Atomic<Int>(0)

    /// Makes the handle and starts the poll thread. Does not wait for a broker: see `warm(topics:)`.
    public init(_ configuration: ProducerConfiguration, observer: (any DeliveryObserver)? = nil) throws(KafkaError) {
        self.configuration = configuration
        self.observer = observer
        context = ClientContext(configuration.kafka) { _ in }
        generationsTotal = configuration.kafka.metrics?.counter(
            "kafka_producer_generations_total", help: "Handles that replaced one that failed for good.")
        let generation = try Generation(configuration, number: 1, context: context)
        state = Locked(ProducerState(generation))
        OwnThread.run("kafka-producer") {
            var loop = ProducerLoop(self, generation)
            loop.run()
        }
    }

    /// How many handles there have been; above 1 after fatal errors.
    public var generations: Int { generationCount.load(ordering: .relaxed) }

    /// Records taken and not yet reported.
    public var outstanding: Int { state.withLock { $0.table.count } }

    /// A handle for `name`, made once and kept: the first record of a topic without one waits for its metadata (0.5 to 1 s).
    /// A name that Kafka cannot have is refused by `enqueue`.
    public func topic(_ name: String) -> Topic {
        Topic(name: name, index: state.withLock { $0.index(of: name) }, owner: ObjectIdentifier(self))
    }

    /// Makes handles for the topics and waits until the broker has told about each of them.
    public func warm(topics: [String], within limit: Duration = .seconds(10)) async throws(KafkaError) {
        for name in topics { _ = topic(name) }
        try await OwnThread.blocking("kafka-warm") { () throws(KafkaError) in
            for name in topics { try self.warm(name, until: .now + limit) }
        }
    }

    private func warm(_ name: String, until deadline: ContinuousClock.Instant) throws(KafkaError) {
        while true {
            var metadata: UnsafePointer<rd_kafka_metadata>?
            let code = try call { generation, topics in
                rd_kafka_metadata(generation.handle.pointer, 0, topics[topic(name).index].pointer, &metadata, 1000)
            }
            var fault = code
            if let metadata {
                defer { rd_kafka_metadata_destroy(metadata) }
                let known = metadata.pointee.topic_cnt > 0 ? metadata.pointee.topics[0] : nil
                fault = known?.err ?? RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART
                if fault == RD_KAFKA_RESP_ERR_NO_ERROR, let known, known.partition_cnt > 0 { return }
            }
            guard ContinuousClock.now < deadline else { throw KafkaError(fault, in: "warm", detail: name) }
            if fault == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED { throw KafkaError(fault, in: "warm", detail: name) }
            OwnThread.sleep(.milliseconds(50))
        }
    }

    /// Runs a call into the library while its generation cannot end. Throws `closed` when the last one has ended.
    func call<Result>(_ body: (Generation, [TopicPointer]) throws(KafkaError) -> Result) throws(KafkaError) -> Result {
        let current: (generation: Generation, topics: [TopicPointer])? = state.withLock { state in
            guard !state.isEnded else { return nil }
            callsInProgress.add(1, ordering: .acquiringAndReleasing)
            state.generation.calls.add(1, ordering: .acquiringAndReleasing)
            return (state.generation, state.topics)
        }
        guard let current else { throw KafkaError(.closed, .fatal, in: "producer", "the producer is closed") }
        defer {
            current.generation.calls.subtract(1, ordering: .acquiringAndReleasing)
            callsInProgress.subtract(1, ordering: .acquiringAndReleasing)
        }
        return try body(current.generation, current.topics)
    }

    /// Throws out what is queued and not in flight, at once: each such record is reported as failed with `notSent`, and nothing of it
    /// will be sent when the broker comes back. What is in flight stays unknown. Callable from any thread; of a closed producer it does nothing.
    public func purgeQueued() {
        try? call { generation, _ in _ = rd_kafka_purge(generation.handle.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_NON_BLOCKING) }
    }

    /// Takes no more, waits up to `limit` for what is under way, reports the rest as failed, and ends the thread and the handle.
    /// True when everything was acknowledged. May be called more than once.
    @discardableResult
    public func close(within limit: Duration) async -> Bool {
        let clean = try? await OwnThread.blocking("kafka-close") { () throws(KafkaError) in self.closeBlocking(within: limit) }
        return clean ?? false
    }

    func closeBlocking(within limit: Duration) -> Bool {
        let deadline = ContinuousClock.now + limit
        closeDeadline.withLock { if $0 == nil { $0 = deadline } }
        let (generation, waiters) = state.withLock { state in
            state.phase = .closed
            return (state.generation, state.takeRoomWaiters())
        }
        for waiter in waiters { waiter.resume(returning: false) }
        rd_kafka_queue_yield(generation.queue)
        let ended = ended.wait(limit + .seconds(2))
        return ended && cleanEnd.load(ordering: .acquiring)
    }

}
