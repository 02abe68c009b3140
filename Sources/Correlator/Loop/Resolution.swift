internal import Kafka

/// What must be known of topics before a partition number is read: where their logs begin and end, and who owned the partition before.
struct Resolution: Sendable {
    let partition: Int32
    /// The start of the partition that asked.
    let instance: Int
    /// First offsets and ends, by topic.
    let begins: [String: Int64]
    let ends: [String: Int64]
    /// The node that claimed the partition last; nil: none has.
    let lastOwner: String?
    let error: KafkaError?
}
