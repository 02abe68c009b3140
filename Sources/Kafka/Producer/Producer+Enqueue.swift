internal import CRdKafka
internal import Synchronization
internal import Telemetry

extension Producer {
    /// What a call needs to hand over one record.
    struct Claim: Sendable {
        let slot: UInt32
        let topic: TopicPointer
    }

    /// Hands a record to the library. Never waits; the bytes are copied before it returns.
    ///
    /// The outcome comes to the observer with `token`. A throw means that the record was not taken and nothing will be reported:
    /// `queueFull` and `replacing` may be tried again, others not. All errors thrown here are `notSent`.
    /// - Parameters:
    ///   - partition: -1: murmur2 of the key.
    ///   - key: nil: no key.
    ///   - value: nil: a tombstone.
    ///   - timestamp: milliseconds since 1970; nil: now.
    public func enqueue(
        _ topic: Topic, partition: Int32 = -1, key: RawSpan?, value: RawSpan?, headers: [Header] = [], timestamp: Int64? = nil,
        token: UInt64
    ) throws(KafkaError) {
        precondition(topic.owner == ObjectIdentifier(self), "the topic belongs to another producer")
        let claim: Claim? = state.withLock { state in
            guard state.phase == .open else { return nil }
            callsInProgress.add(1, ordering: .acquiringAndReleasing)
            let slot = state.table.open(token: token, batch: DeliveryTable.observer, tick: state.tick)
            return Claim(slot: slot, topic: state.topics[topic.index])
        }
        guard let claim else { throw refusal(RD_KAFKA_RESP_ERR__FATAL, topic: topic.name) }
        let code =
            if let key {
                key.withUnsafeBytes { Self.handOver(claim, partition, $0, value, headers, timestamp) }
            } else {
                Self.handOver(claim, partition, nil, value, headers, timestamp)
            }
        callsInProgress.subtract(1, ordering: .acquiringAndReleasing)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        state.withLock { $0.table.cancel(claim.slot) }
        throw refusal(code, topic: topic.name)
    }

    private static func handOver(
        _ claim: Claim, _ partition: Int32, _ key: UnsafeRawBufferPointer?, _ value: RawSpan?, _ headers: [Header], _ timestamp: Int64?
    ) -> rd_kafka_resp_err_t {
        guard let value else {
            return produce(claim, partition, key: key, value: nil, headers: headers, timestamp: timestamp)
        }
        return value.withUnsafeBytes { produce(claim, partition, key: key, value: $0, headers: headers, timestamp: timestamp) }
    }

    /// One call into C. Without headers and timestamp it is `rd_kafka_produce`, the cheapest that there is.
    static func produce(
        _ claim: Claim, _ partition: Int32, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?, headers: [Header],
        timestamp: Int64?
    ) -> rd_kafka_resp_err_t {
        guard let topic = claim.topic.pointer else { return RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION }
        let opaque = UnsafeMutableRawPointer(bitPattern: UInt(claim.slot))
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
            // Empty is not absent: a null pointer would make an empty value a tombstone.
            let place = UnsafeRawPointer(empty.baseAddress)
            let valuePointer = value.flatMap { $0.baseAddress ?? place }
            let keyPointer = key.flatMap { $0.baseAddress ?? place }
            if headers.isEmpty, timestamp == nil {
                let failed = rd_kafka_produce(
                    topic, partition, RD_KAFKA_MSG_F_COPY, UnsafeMutableRawPointer(mutating: valuePointer), value?.count ?? 0, keyPointer,
                    key?.count ?? 0, opaque)
                return failed == 0 ? RD_KAFKA_RESP_ERR_NO_ERROR : rd_kafka_last_error()
            }
            let list = headers.isEmpty ? nil : Self.list(headers)
            let code = crdkafka_produce(
                claim.topic.handle, topic, partition, valuePointer, value?.count ?? 0, keyPointer, key?.count ?? 0,
                timestamp ?? 0, list, opaque)
            if code != RD_KAFKA_RESP_ERR_NO_ERROR, let list { rd_kafka_headers_destroy(list) }
            return code
        }
    }

    private static func list(_ headers: [Header]) -> OpaquePointer? {
        let list = rd_kafka_headers_new(headers.count)
        for header in headers {
            if let value = header.value {
                value.withUnsafeBytes { bytes in
                    _ = rd_kafka_header_add(list, header.name, -1, bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1), bytes.count)
                }
            } else {
                rd_kafka_header_add(list, header.name, -1, nil, 0)
            }
        }
        return list
    }

    /// Why a record was not taken. `_FATAL` is no end: the next generation is about to take over.
    func refusal(_ code: rd_kafka_resp_err_t, topic: String) -> KafkaError {
        switch code {
        case RD_KAFKA_RESP_ERR__QUEUE_FULL:
            KafkaError(
                .queueFull, .retry, in: "enqueue",
                "\(configuration.queuedRecordsMax) records or \(configuration.queuedBytesMax) bytes are under way already", notSent: true)
        case RD_KAFKA_RESP_ERR__STATE where configuration.transactionalID != nil:
            KafkaError(code, in: "enqueue", detail: "no transaction is open: use withTransaction", notSent: true)
        case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR__STATE:
            if state.withLock({ $0.phase }) == .closed {
                KafkaError(.closed, .fatal, in: "enqueue", "the producer is closed", notSent: true)
            } else {
                KafkaError(.replacing, .retry, in: "enqueue", "the producer replaces its handle after a fatal error", notSent: true)
            }
        case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
            KafkaError(.unknownTopic, .reject, in: "enqueue", "'\(topic)' cannot be a topic's name", notSent: true)
        default:
            KafkaError(code, in: "enqueue", detail: topic, notSent: true)
        }
    }
}
