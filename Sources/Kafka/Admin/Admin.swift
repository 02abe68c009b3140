internal import CRdKafka
internal import Telemetry

/// Looks at a cluster and changes it. The async calls run on threads of their own and end within their limits.
///
/// What librdkafka 2.0.2 cannot do is not offered: describing the cluster's features, ACL-aware describes, elections, quotas, SCRAM users.
public final class Admin: Sendable {
    let handle: ClientHandle
    let context: ClientContext

    /// Makes the handle; does not wait for a broker.
    public init(_ configuration: KafkaConfiguration) throws(KafkaError) {
        context = ClientContext(configuration) { _ in }
        handle = try ClientHandle(RD_KAFKA_PRODUCER, ClientSettings(configuration), events: 0, context)
        if case .oauth = configuration.security.sasl {
            try check("sasl callbacks", rd_kafka_sasl_background_callbacks_enable(handle.pointer))
        }
    }

    /// Ends the handle.
    @discardableResult
    public func close(within limit: Duration = .seconds(5)) async -> Bool {
        let clean = try? await OwnThread.blocking("kafka-close") { () throws(KafkaError) in self.handle.destroy(within: limit) }
        return clean ?? false
    }

    /// The cluster and all its topics, or one of them (which then is in the answer with its error when it does not exist).
    public func metadata(topic: String? = nil, within limit: Duration = .seconds(10)) async throws(KafkaError) -> ClusterMetadata {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in try self.handle.metadata(of: topic, within: limit) }
    }

    /// Starts an operation, waits for its one result event and reads it. Blocks.
    func perform<Value>(
        _ operation: StaticString, _ kind: rd_kafka_admin_op_t, within limit: Duration,
        start: (_ queue: OpaquePointer?, _ options: OpaquePointer?) -> Void, read: (_ event: OpaquePointer) throws(KafkaError) -> Value
    ) throws(KafkaError) -> Value {
        var reason = [CChar](repeating: 0, count: 512)
        let options = rd_kafka_AdminOptions_new(handle.pointer, kind)
        defer { rd_kafka_AdminOptions_destroy(options) }
        let milliseconds = max(1000, limit.milliseconds)
        let failed = rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, &reason, reason.count)
        if failed != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(failed, in: operation, detail: ClientHandle.text(reason)) }
        let queue = rd_kafka_queue_new(handle.pointer)
        defer { rd_kafka_queue_destroy(queue) }
        start(queue, options)
        guard let event = rd_kafka_queue_poll(queue, milliseconds + 2000) else {
            throw KafkaError(.timedOut, .retry, in: operation, "no answer within \(limit)")
        }
        defer { rd_kafka_event_destroy(event) }
        let code = rd_kafka_event_error(event)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            throw KafkaError(code, in: operation, detail: rd_kafka_event_error_string(event).map { String(cString: $0) })
        }
        return try read(event)
    }

    /// Topic results, by name; nil: it went well.
    static func topicResults(
        _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, _ operation: StaticString
    ) -> [String: KafkaError?] {
        var answer: [String: KafkaError?] = [:]
        for index in 0..<count {
            guard let result = results?[index], let name = rd_kafka_topic_result_name(result) else { continue }
            let code = rd_kafka_topic_result_error(result)
            let text = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
            answer[String(cString: name)] = .some(code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(code, in: operation, detail: text))
        }
        return answer
    }
}
