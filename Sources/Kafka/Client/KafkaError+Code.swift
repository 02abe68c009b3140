internal import CRdKafka

extension KafkaError {
    /// An error code: librdkafka's own number, or one of this module's below -10,000. New codes may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// librdkafka's number.
        public let rawValue: Int32

        /// Any number is a code.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// A setting was refused.
        public static let configuration = Code(rawValue: -10_001)
        /// Another thread is in `poll` of the same consumer.
        public static let concurrentPoll = Code(rawValue: -10_002)
        /// An offset came that does not lie above the one before it: the log was truncated, or a topic of that name was made anew.
        public static let offsetWentBack = Code(rawValue: -10_003)
        /// The producer replaces its handle after a fatal error; call again.
        public static let replacing = Code(rawValue: -10_004)
        /// The client is closed.
        public static let closed = Code(rawValue: -10_005)
        /// The task was cancelled before the record was taken.
        public static let cancelled = Code(rawValue: -10_006)
        /// The library that is loaded cannot do this.
        public static let unsupported = Code(rawValue: -10_007)

        /// The producer's queue is full.
        public static let queueFull = Code(RD_KAFKA_RESP_ERR__QUEUE_FULL)
        /// Time ran out.
        public static let timedOut = Code(RD_KAFKA_RESP_ERR__TIMED_OUT)
        /// Time ran out for a record.
        public static let messageTimedOut = Code(RD_KAFKA_RESP_ERR__MSG_TIMED_OUT)
        /// Thrown out of the queue by `purgeQueued()`.
        public static let purged = Code(RD_KAFKA_RESP_ERR__PURGE_QUEUE)
        /// Was in flight when the producer gave up.
        public static let purgedInFlight = Code(RD_KAFKA_RESP_ERR__PURGE_INFLIGHT)
        /// There is no offset to start from.
        public static let noOffset = Code(RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET)
        /// The offset lies outside of the log.
        public static let offsetOutOfRange = Code(RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE)
        /// No such topic or partition.
        public static let unknownTopic = Code(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
        /// A partition that was read or written is there no more.
        public static let unknownPartition = Code(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION)
        /// A topic that was read or written is there no more.
        public static let missingTopic = Code(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)
        /// The topic may not be read or written.
        public static let topicAuthorization = Code(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
        /// The topic exists already.
        public static let topicExists = Code(RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
        /// Fewer replicas are in sync than `min.insync.replicas` asks for.
        public static let notEnoughReplicas = Code(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS)
        /// The record is larger than the topic takes.
        public static let tooLarge = Code(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
        /// Another member uses this `group.instance.id`.
        public static let fencedInstance = Code(RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID)
        /// Another producer took this transactional id, or the broker gave up on its transaction.
        public static let producerFenced = Code(RD_KAFKA_RESP_ERR_PRODUCER_FENCED)
        /// The broker misses a record before this one.
        public static let outOfOrderSequence = Code(RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER)
        /// The broker no longer knows the producer's records.
        public static let unknownProducer = Code(RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID)
        /// The producer's epoch is an old one.
        public static let invalidProducerEpoch = Code(RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH)
        /// The group rebalances; the commit did not count.
        public static let rebalancing = Code(RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS)
        /// The commit came from a generation that is no more.
        public static let illegalGeneration = Code(RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION)
        /// The group does not know this member.
        public static let unknownMember = Code(RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID)
        /// User, password or certificate was refused.
        public static let authentication = Code(RD_KAFKA_RESP_ERR__AUTHENTICATION)
        /// The broker cannot be reached.
        public static let transport = Code(RD_KAFKA_RESP_ERR__TRANSPORT)
        /// No broker can be reached.
        public static let allBrokersDown = Code(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
        /// The client failed for good; `detail` has the cause.
        public static let fatal = Code(RD_KAFKA_RESP_ERR__FATAL)
        /// `poll` was not called for `max.poll.interval.ms`; the group has given our partitions away.
        public static let pollIntervalExceeded = Code(RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED)

        init(_ error: rd_kafka_resp_err_t) { rawValue = error.rawValue }

        /// The short name that logs and metrics carry, for example `_QUEUE_FULL`.
        public var name: String {
            switch self {
            case .configuration: "CONFIGURATION"
            case .concurrentPoll: "CONCURRENT_POLL"
            case .offsetWentBack: "OFFSET_WENT_BACK"
            case .replacing: "REPLACING"
            case .closed: "CLOSED"
            case .cancelled: "CANCELLED"
            case .unsupported: "UNSUPPORTED"
            default: String(cString: rd_kafka_err2name(rd_kafka_resp_err_t(rawValue: rawValue)))
            }
        }
    }
}
