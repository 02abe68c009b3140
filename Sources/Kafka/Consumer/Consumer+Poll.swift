internal import CRdKafka
internal import Synchronization
internal import Telemetry

extension Consumer {
    /// Fills `batch` with what has come: waits up to `timeout` for the first record, then takes what is there without waiting, up to
    /// `max` records or `batchBytesMax`. An empty batch means that the time is over.
    ///
    /// Throws what concerns the reader: an offset outside of the log, a topic that is gone, a fenced member, `pollIntervalExceeded`. An
    /// error that comes behind records is thrown by the next call, so no record is lost. Rebalances are told in here.
    public func poll(into batch: inout ConsumerBatch, max: Int, timeout: Duration) throws(KafkaError) {
        guard !closing.load(ordering: .acquiring) else { throw KafkaError(.closed, .fatal, in: "poll", "the consumer is closed") }
        var state = try polling.enter("poll")
        batch.removeAll()
        var fault = state.pending
        state.pending = nil
        if fault == nil { fault = fill(&batch, &state, max, timeout.milliseconds) }
        if batch.topics.count != state.topics.count { batch.topics = state.topics }
        if batch.headerNames.count != state.headerNames.count { batch.headerNames = state.headerNames }
        watch.polled(records: batch.records.count)
        if Self.refills { refillIfDrained(&state) }
        if !batch.isEmpty, let behind = fault {
            state.pending = behind
            fault = nil
        }
        polling.leave(state)
        if let fault { throw fault }
    }

    /// Batches are built from `rd_kafka_consumer_poll`: `consume_batch_queue` skips offsets around pause and resume (#4208).
    private func fill(_ batch: inout ConsumerBatch, _ state: inout PollState, _ max: Int, _ timeout: Int32) -> KafkaError? {
        let bytesMax = configuration.batchBytesMax
        while batch.records.count < max, batch.bytes.count < bytesMax {
            let message = rd_kafka_consumer_poll(handle.pointer, batch.isEmpty ? timeout : 0)
            let changes = membership.changes.load(ordering: .acquiring)
            var told: KafkaError?
            if changes != state.seenChanges {
                state.seenChanges = changes
                told = learnChanges(&state)
            }
            guard let message else { return told }
            defer { rd_kafka_message_destroy(message) }
            // Before what was told is thrown: the library counts the record as read.
            if let error = take(message, into: &batch, &state) ?? told { return error }
        }
        return nil
    }

    private func take(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, into batch: inout ConsumerBatch, _ state: inout PollState
    ) -> KafkaError? {
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR: return Self.append(message, to: &batch, &state)
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            let topic = state.topicIndex(rd_kafka_topic_name(message.pointee.rkt))
            batch.ends.append(PartitionEnd(topic: Int32(topic), partition: message.pointee.partition, offset: message.pointee.offset))
            return nil
        default: return fault(of: message)
        }
    }

    /// What rebalances and seeks have changed since the last record.
    private func learnChanges(_ state: inout PollState) -> KafkaError? {
        let (rewound, all, errors) = membership.state.withLock { shared in
            defer {
                shared.rewound = []
                shared.everyPartitionRewound = false
                shared.errors = []
            }
            return (shared.rewound, shared.everyPartitionRewound, shared.errors)
        }
        if all { state.rewindAll() }
        for partition in rewound { state.rewind(partition) }
        return errors.first
    }

    private static func append(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, to batch: inout ConsumerBatch, _ state: inout PollState
    ) -> KafkaError? {
        let topic = state.topicIndex(rd_kafka_topic_name(message.pointee.rkt))
        let partition = message.pointee.partition
        let offset = message.pointee.offset
        if let before = state.advance(topic: topic, partition: partition, to: offset) {
            return KafkaError(
                .offsetWentBack, .fatal, in: "poll",
                "\(state.topics[topic])/\(partition): offset \(offset) came after \(before). The log was truncated, or a topic of that name was made anew: decide where to go on, then seek or assign."
            )
        }
        let keyStart = batch.bytes.count
        var keyCount: Int32 = -1
        if let key = message.pointee.key {
            keyCount = Int32(message.pointee.key_len)
            batch.bytes.append(contentsOf: UnsafeRawBufferPointer(start: key, count: message.pointee.key_len))
        }
        let valueStart = batch.bytes.count
        var valueCount: Int32 = -1
        if let value = message.pointee.payload {
            valueCount = Int32(message.pointee.len)
            batch.bytes.append(contentsOf: UnsafeRawBufferPointer(start: value, count: message.pointee.len))
        }
        let headersStart = batch.headers.count
        if state.copiesHeaders { copyHeaders(message, to: &batch, &state) }
        batch.records.append(
            ConsumerRecord(
                topic: Int32(topic), partition: partition, offset: offset, timestamp: rd_kafka_message_timestamp(message, nil),
                keyStart: UInt32(keyStart), keyCount: keyCount, valueStart: UInt32(valueStart), valueCount: valueCount,
                headersStart: UInt32(headersStart), headersCount: UInt32(batch.headers.count - headersStart)))
        return nil
    }

    private static func copyHeaders(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, to batch: inout ConsumerBatch, _ state: inout PollState
    ) {
        var list: OpaquePointer?
        guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        var index = 0
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        while rd_kafka_header_get_all(list, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR, let text = name {
            index += 1
            guard let wanted = state.headerIndex(text) else { continue }
            batch.headers.append(
                .init(name: Int32(wanted), start: UInt32(batch.bytes.count), count: value == nil ? -1 : Int32(size)))
            if let value { batch.bytes.append(contentsOf: UnsafeRawBufferPointer(start: value, count: size)) }
        }
    }

    /// nil for what passes by itself and is only worth a line: a leader that moved, a broker that is down.
    private func fault(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> KafkaError? {
        let code = message.pointee.err
        var detail = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? ""
        if let topic = message.pointee.rkt {
            detail = "\(String(cString: rd_kafka_topic_name(topic)))/\(message.pointee.partition): \(detail)"
        }
        if code == RD_KAFKA_RESP_ERR__FATAL, let fatal = handle.fatalError { return fatal }
        let error = KafkaError(code, in: "poll", detail: detail)
        if error.disposition == .retry {
            context.failed(error)
            return nil
        }
        return error
    }
}
