/// One record for `Producer.send`.
public struct Record: Sendable {
    /// The topic's name.
    public var topic: String
    /// The partition; nil: murmur2 of the key, or any one without a key.
    public var partition: Int32?
    /// The key.
    public var key: [UInt8]?
    /// The value; nil is a tombstone.
    public var value: [UInt8]?
    /// Headers; few, or none.
    public var headers: [Header]
    /// Milliseconds since 1970; nil: now.
    public var timestamp: Int64?

    /// A record from bytes.
    public init(
        topic: String, partition: Int32? = nil, key: [UInt8]? = nil, value: [UInt8]?, headers: [Header] = [], timestamp: Int64? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
        self.timestamp = timestamp
    }
}
