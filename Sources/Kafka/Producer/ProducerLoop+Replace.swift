internal import CRdKafka
internal import Synchronization
internal import Telemetry

extension ProducerLoop {
    /// A fatal error came (any producer can turn fatal, docs/kafka.md): get every record back from the old handle, make a new one, send
    /// again in the order in which the records were first taken, then open the door. Until then `enqueue` answers `replacing`, so that
    /// nothing new overtakes what was sent before.
    mutating func replace() {
        let cause =
            generation.handle.fatalError ?? KafkaError(.fatal, .fatal, in: "producer", "a transaction's end is in doubt")
        let closing = producer.state.withLock { state in
            if state.phase == .open { state.phase = .replacing }
            return state.phase == .closed
        }
        recall()
        if closing {
            giveUp(cause)
            return
        }
        do throws(KafkaError) {
            let next = try Generation(producer.configuration, number: generation.number + 1, context: producer.context)
            switchTo(next, cause)
        } catch {
            producer.context.failed(error)
            giveUp(cause)
        }
    }

    /// Purges until the old handle holds nothing and no call is inside of it. What is in flight is given the time of one request, then
    /// it is purged too.
    private mutating func recall() {
        let patience = ContinuousClock.now + producer.configuration.kafka.requestTimeout
        while producer.callsInProgress.load(ordering: .acquiring) > 0 || generation.held > 0 {
            let late = ContinuousClock.now >= patience ? RD_KAFKA_PURGE_F_INFLIGHT : 0
            rd_kafka_purge(generation.handle.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_NON_BLOCKING | late)
            poll(for: 10)
        }
    }

    private mutating func giveUp(_ cause: KafkaError) {
        for record in again {
            raw.append(
                Report(
                    slot: record.slot, code: rd_kafka_resp_err_t(cause.code.rawValue), notSent: false, partition: -1, offset: -1,
                    timestamp: -1))
        }
        again.removeAll()
        apply()
    }

    private mutating func switchTo(_ next: Generation, _ cause: KafkaError) {
        let old = generation
        generation = next
        let (oldTopics, order) = producer.state.withLock { state in
            let before = state.topics
            state.generation = next
            state.topics = state.names.map { next.topic($0) }
            return (before, state.table.slots.map(\.sequence))
        }
        producer.generationCount.store(next.number, ordering: .relaxed)
        producer.generationsTotal?.add(1)
        old.retire(oldTopics)
        let records = again.sorted { order[Int($0.slot)] < order[Int($1.slot)] }
        again.removeAll()
        producer.context.logger?.error(
            "the producer failed for good and was replaced; what was in flight may lie in the log twice",
            ["cause": cause.detail, "generation": next.number, "again": records.count])
        raw.removeAll(keepingCapacity: true)
        for record in records { send(record, cause) }
        apply()
        let waiters = producer.state.withLock { state in
            if state.phase == .replacing { state.phase = .open }
            return state.takeRoomWaiters()
        }
        for waiter in waiters { waiter.resume(returning: true) }
    }

    private mutating func send(_ record: Resend, _ cause: KafkaError) {
        let claim: Producer.Claim? = producer.state.withLock { state in
            guard Int(state.table.again(record.slot)) <= producer.configuration.generationsMax, let index = state.indexes[record.topic]
            else { return nil }
            return Producer.Claim(slot: record.slot, topic: state.topics[index])
        }
        var code = rd_kafka_resp_err_t(cause.code.rawValue)
        if let claim {
            code = Self.withBytes(record.key) { key in
                Self.withBytes(record.value) { value in
                    Producer.produce(claim, record.partition, key: key, value: value, headers: record.headers, timestamp: record.timestamp)
                }
            }
        }
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            raw.append(Report(slot: record.slot, code: code, notSent: false, partition: -1, offset: -1, timestamp: -1))
        }
    }

    static func withBytes<Result>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        guard let bytes else { return body(nil) }
        return bytes.withUnsafeBytes { body($0) }
    }
}
