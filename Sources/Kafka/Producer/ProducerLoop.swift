internal import CRdKafka
internal import Glibc
internal import Synchronization
internal import Telemetry

/// The producer's poll thread: it alone takes events from the queue, tells the observer, keeps the clock of `unsentMax` and replaces
/// the handle. It blocks in `rd_kafka_queue_poll`, for a lost wake-up wakes nobody (docs/kafka.md).
struct ProducerLoop {
    /// A report as C gave it, without references.
    struct Report {
        let slot: UInt32
        let code: rd_kafka_resp_err_t
        let notSent: Bool
        let partition: Int32
        let offset: Int64
        let timestamp: Int64
    }

    let producer: Producer
    var generation: Generation
    var raw: [Report] = []
    var again: [Resend] = []
    let began = ContinuousClock.now
    var lastTick: UInt32 = 0
    var lastPurge: UInt32 = 0

    init(_ producer: Producer, _ generation: Generation) {
        self.producer = producer
        self.generation = generation
    }

    mutating func run() {
        while true {
            poll(for: producer.configuration.unsentMax == nil ? 200 : 50)
            if generation.handle.fatalErrorRaised || producer.renewalWanted.load(ordering: .acquiring) == generation.number { replace() }
            keepTime()
            let deadline = producer.closeDeadline.withLock { $0 }
            if let deadline, producer.outstanding == 0 || ContinuousClock.now >= deadline { break }
        }
        finish()
    }

    /// One event, if one comes within `milliseconds`.
    mutating func poll(for milliseconds: Int32) {
        guard let event = rd_kafka_queue_poll(generation.queue, milliseconds) else { return }
        defer { rd_kafka_event_destroy(event) }
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_DR: drain(event)
        case RD_KAFKA_EVENT_ERROR:
            // _FATAL is seen by fatalErrorRaised; the others are informational (a broker is down, it will be tried again).
            producer.context.failed(
                KafkaError(rd_kafka_event_error(event), in: "producer", detail: String(cString: rd_kafka_event_error_string(event))))
        case RD_KAFKA_EVENT_STATS:
            if let json = rd_kafka_event_stats(event) {
                producer.context.observe(UnsafeRawBufferPointer(start: json, count: strlen(json)))
            }
        default: break
        }
    }

    /// Every report of one event: read without a lock, applied under one, told without one.
    private mutating func drain(_ event: OpaquePointer) {
        raw.removeAll(keepingCapacity: true)
        let fatal = generation.handle.fatalErrorRaised
        let resends = producer.configuration.transactionalID == nil  // a transaction's records end with it
        while let message = rd_kafka_event_message_next(event) {
            let record = message.pointee
            let slot = UInt32(UInt(bitPattern: record._private))
            if record.err != RD_KAFKA_RESP_ERR_NO_ERROR, fatal, resends, Resend.isWorthwhile(record.err) {
                again.append(Resend(copying: message, slot: slot))
                continue
            }
            if record.err.rawValue > 0, !resends { producer.refusedInTransaction.store(true, ordering: .releasing) }
            raw.append(
                Report(
                    slot: slot, code: record.err,
                    notSent: record.err != RD_KAFKA_RESP_ERR_NO_ERROR
                        && rd_kafka_message_status(message) == RD_KAFKA_MSG_STATUS_NOT_PERSISTED,
                    partition: record.partition, offset: record.offset, timestamp: rd_kafka_message_timestamp(message, nil)))
        }
        apply()
    }

    /// Tells what is in `raw`.
    mutating func apply() {
        let (told, room) = producer.state.withLock { [raw] state in
            var told = DeliveryTable.Told(count: raw.count)
            for report in raw {
                let outcome: DeliveryOutcome =
                    report.code == RD_KAFKA_RESP_ERR_NO_ERROR
                    ? .delivered(partition: report.partition, offset: report.offset, timestamp: report.timestamp)
                    : .failed(KafkaError(report.code, in: "delivery", notSent: report.notSent))
                state.table.close(report.slot, outcome, &told)
            }
            return (told, state.phase == .open ? state.takeRoomWaiters() : [])
        }
        tell(told)
        for waiter in room { waiter.resume(returning: true) }
    }

    private func tell(_ told: DeliveryTable.Told) {
        if !told.reports.isEmpty { producer.observer?.delivered(told.reports) }
        for single in told.singles { single.waiter.resume(single.outcome) }
        for batch in told.batches { batch.waiter.resume(returning: batch.outcomes) }
    }

    /// Moves the clock, and throws out what has waited too long (docs/kafka.md: own timer and purge report at 0.90 s for 0.9 s, and the
    /// first success comes 0.4 s after the broker's return; the library's own time-out takes 3.6 s).
    private mutating func keepTime() {
        let tick = UInt32(truncatingIfNeeded: Int64((ContinuousClock.now - began) / .milliseconds(50)))
        guard tick != lastTick else { return }
        lastTick = tick
        let limit = producer.configuration.unsentMax.map { UInt32($0.milliseconds / 50) }
        let purge = producer.state.withLock { state in
            state.tick = tick
            guard let limit, tick >= limit, state.table.count > 0 else { return false }
            return state.table.holdsOlder(than: tick - limit + 1)
        }
        if purge, tick != lastPurge {
            lastPurge = tick
            producer.purgeQueued()
        }
    }

    /// After `close`: what is still under way is given up and reported, then the handle ends.
    private mutating func finish() {
        let clean = producer.outstanding == 0
        if !clean {
            rd_kafka_purge(
                generation.handle.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING)
            let limit = ContinuousClock.now + .milliseconds(500)
            while producer.outstanding > 0, ContinuousClock.now < limit { poll(for: 50) }
        }
        abandon(KafkaError(.closed, .fatal, in: "close", "the producer was closed before the record was acknowledged"))
        producer.state.withLock { $0.isEnded = true }
        while producer.callsInProgress.load(ordering: .acquiring) > 0 { OwnThread.sleep(.milliseconds(1)) }
        let topics = producer.state.withLock { state in
            defer { state.topics = state.topics.map { TopicPointer(pointer: nil, handle: $0.handle) } }
            return state.topics
        }
        for topic in topics { if let pointer = topic.pointer { rd_kafka_topic_destroy(pointer) } }
        producer.cleanEnd.store(clean, ordering: .releasing)
        _ = generation.handle.destroy(within: .milliseconds(500))
        producer.ended.set()
    }

    /// Reports every record under way as failed.
    mutating func abandon(_ error: KafkaError) {
        let told = producer.state.withLock { state in
            var told = DeliveryTable.Told(count: state.table.count)
            for slot in state.table.open { state.table.close(slot, .failed(error), &told) }
            return told
        }
        tell(told)
    }
}
