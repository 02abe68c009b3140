internal import CRdKafka

/// A record that a failed generation gave back and the next one sends again. The library hands the bytes back with the report, so that
/// nothing is copied while all is well.
struct Resend {
    let slot: UInt32
    let topic: String
    let partition: Int32
    let key: [UInt8]?
    let value: [UInt8]?
    let headers: [Header]
    let timestamp: Int64

    init(copying message: UnsafePointer<rd_kafka_message_t>, slot: UInt32) {
        let record = message.pointee
        self.slot = slot
        topic = String(cString: rd_kafka_topic_name(record.rkt))
        partition = record.partition
        key = record.key.map { Array(UnsafeRawBufferPointer(start: $0, count: record.key_len)) }
        value = record.payload.map { Array(UnsafeRawBufferPointer(start: $0, count: record.len)) }
        headers = Self.headers(of: message)
        timestamp = rd_kafka_message_timestamp(message, nil)
    }

    private static func headers(of message: UnsafePointer<rd_kafka_message_t>) -> [Header] {
        var list: OpaquePointer?
        guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR else { return [] }
        var headers: [Header] = []
        var index = 0
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        while rd_kafka_header_get_all(list, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR, let text = name {
            headers.append(Header(String(cString: text), value.map { Array(UnsafeRawBufferPointer(start: $0, count: size)) }))
            index += 1
        }
        return headers
    }

    /// Whether a new handle may succeed where this error came: not where the record itself is at fault, or its time is over.
    static func isWorthwhile(_ code: rd_kafka_resp_err_t) -> Bool {
        switch code {
        case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE,
            RD_KAFKA_RESP_ERR_INVALID_MSG, RD_KAFKA_RESP_ERR_INVALID_RECORD, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
            RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
            false
        default: true
        }
    }
}
