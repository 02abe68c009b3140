internal import CRdKafka

/// The one error of this module. Switch on `disposition`; `code` is for logs, metrics and the rare special case.
public struct KafkaError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What a caller can do about it, decided once, where C speaks.
    public enum Disposition: Sendable {
        /// The same call may succeed later.
        case retry
        /// The transaction in hand must be aborted; the next one may succeed.
        case abortTransaction
        /// The client is of no use any more (a `Producer` replaces its handle by itself and says so in a metric).
        case fatal
        /// This call can never succeed as it is.
        case reject
    }

    /// What happened, in librdkafka's numbering (negative: found on this side; positive: the broker's answer).
    public let code: Code
    /// What can be done.
    public let disposition: Disposition
    /// What was being done.
    public let operation: StaticString
    /// What a person should read: names the thing, says what is wrong.
    public let detail: String
    /// For a record: true when it certainly never left this process, so that telling the caller "not sent" is no lie.
    public let notSent: Bool

    /// An error found by this module itself.
    public init(_ code: Code, _ disposition: Disposition, in operation: StaticString, _ detail: String, notSent: Bool = false) {
        self.code = code
        self.disposition = disposition
        self.operation = operation
        self.detail = detail
        self.notSent = notSent
    }

    /// Takes ownership of a `rd_kafka_error_t`: reads every flag, then destroys it (each one is ours to destroy, docs/kafka.md).
    init(consuming error: OpaquePointer, in operation: StaticString) {
        defer { rd_kafka_error_destroy(error) }
        code = Code(rawValue: rd_kafka_error_code(error).rawValue)
        self.operation = operation
        detail = String(cString: rd_kafka_error_string(error))
        notSent = false
        disposition =
            if rd_kafka_error_is_fatal(error) != 0 {
                .fatal
            } else if rd_kafka_error_txn_requires_abort(error) != 0 {
                .abortTransaction
            } else if rd_kafka_error_is_retriable(error) != 0 || Self.isTransient(rd_kafka_error_code(error)) {
                .retry
            } else {
                .reject
            }
    }

    /// An error that C gave as a bare code.
    init(_ error: rd_kafka_resp_err_t, in operation: StaticString, detail: String? = nil, notSent: Bool = false) {
        code = Code(rawValue: error.rawValue)
        self.operation = operation
        let text = String(cString: rd_kafka_err2str(error))
        self.detail = detail.map { $0.isEmpty ? text : "\(text): \($0)" } ?? text
        self.notSent = notSent
        disposition = Self.disposition(of: error)
    }

    /// `operation: detail (code)`.
    public var description: String { "\(operation): \(detail) (\(code.name))" }

    /// Equal when code, disposition and text are.
    public static func == (left: Self, right: Self) -> Bool {
        left.code == right.code && left.disposition == right.disposition && left.detail == right.detail && left.notSent == right.notSent
    }

    /// Whether a topic or a partition of it is gone or may not be read.
    var isAboutTopic: Bool {
        switch code {
        case .unknownTopic, .unknownPartition, .missingTopic, .topicAuthorization: true
        default: false
        }
    }

    static func disposition(of error: rd_kafka_resp_err_t) -> Disposition {
        switch error {
        case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR__DESTROY:
            .fatal
        default:
            isTransient(error) ? .retry : .reject
        }
    }

    /// Errors that pass by themselves: the network's, a leader's or coordinator's that moved, a group that rebalances.
    static func isTransient(_ error: rd_kafka_resp_err_t) -> Bool {
        switch error {
        case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR__RESOLVE,
            RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
            RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__WAIT_COORD,
            RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT, RD_KAFKA_RESP_ERR__IN_PROGRESS, RD_KAFKA_RESP_ERR__RETRY,
            RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
            RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE,
            RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
            RD_KAFKA_RESP_ERR_NOT_COORDINATOR, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
            RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR_NOT_CONTROLLER, RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR,
            RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED,
            RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:  // of a record: the handle has gone on with a new epoch
            true
        default: false
        }
    }
}

/// For calls that answer with an error object or nothing.
func check(_ operation: StaticString, _ error: OpaquePointer?) throws(KafkaError) {
    if let error { throw KafkaError(consuming: error, in: operation) }
}

/// For calls that answer with a code.
func check(_ operation: StaticString, _ error: rd_kafka_resp_err_t) throws(KafkaError) {
    if error != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(error, in: operation) }
}
