/// A producer's settings. Idempotence, `acks=all` and murmur2 are not among them: they are always on.
public struct ProducerConfiguration: Sendable {
    /// The Kafka to write to.
    public var kafka: KafkaConfiguration
    /// How long a record waits for company. Zero: under load batches come by themselves (0.5 ms a round trip against 2.9 with 1 ms).
    public var linger: Duration
    /// How many records may be under way; the next one is refused (`enqueue`) or waits (`send`).
    public var queuedRecordsMax: Int
    /// How many bytes of records may be under way.
    public var queuedBytesMax: Int
    /// How long `send` waits for room in the queue before the record's outcome is `queueFull`.
    public var roomWaitMax: Duration
    /// How long a record may take in all before its outcome is `messageTimedOut`. The library looks at this about once a second and not
    /// while a request is open: with 1 s it takes 3.6 s on average (docs/kafka.md); for a shorter word use `unsentMax`.
    public var deliveryTimeout: Duration
    /// When a record has been under way for this long without an answer, all that is still in the queue (not in flight) is thrown out
    /// with `notSent`; nil: only `purgeQueued()` does that. Looked at every 50 ms.
    public var unsentMax: Duration?
    /// The largest record that is taken. The topic's `max.message.bytes` decides in the end.
    public var recordBytesMax: Int
    /// `none`, `gzip`, `snappy`, `lz4` or `zstd`.
    public var compression: String
    /// How many times in a row a record is sent again by a new handle after a fatal error before its outcome is the error.
    public var generationsMax: Int
    /// Makes the producer transactional.
    public var transactionalID: String?
    /// How long the broker leaves a transaction open. A commit that comes later is fatal for the handle.
    public var transactionTimeout: Duration

    /// Safe defaults.
    public init(_ kafka: KafkaConfiguration) {
        self.kafka = kafka
        linger = .zero
        queuedRecordsMax = 100_000
        queuedBytesMax = 64 << 20
        roomWaitMax = .seconds(5)
        deliveryTimeout = .seconds(120)
        unsentMax = nil
        recordBytesMax = 1_000_000
        compression = "none"
        generationsMax = 3
        transactionalID = nil
        transactionTimeout = .seconds(60)
    }

    func settings() throws(KafkaError) -> ClientSettings {
        guard queuedRecordsMax > 0, queuedRecordsMax <= 10_000_000, queuedBytesMax >= 1024, 0...100 ~= generationsMax,
            recordBytesMax >= 1000
        else {
            throw KafkaError(.configuration, .reject, in: "configuration", "a limit of the producer is out of range")
        }
        var kafka = kafka
        var deliveryTimeout = deliveryTimeout
        if transactionalID != nil {  // the library wants requests and records to end before the transaction does
            kafka.requestTimeout = min(kafka.requestTimeout, transactionTimeout)
            deliveryTimeout = min(deliveryTimeout, transactionTimeout)
        }
        var settings = try ClientSettings(kafka)
        settings.set("enable.idempotence", true)
        settings.set("partitioner", "murmur2")  // the default is CRC32, which agrees with Java's for 86 of 1,200 keys
        settings.set("linger.ms", linger)
        settings.set("queue.buffering.max.messages", String(queuedRecordsMax))
        settings.set("queue.buffering.max.kbytes", String(queuedBytesMax / 1024))
        settings.set("message.timeout.ms", deliveryTimeout)
        settings.set("message.max.bytes", String(recordBytesMax))
        settings.set("compression.type", compression)
        if let transactionalID {
            settings.set("transactional.id", transactionalID)
            settings.set("transaction.timeout.ms", transactionTimeout)
        }
        return settings
    }
}
