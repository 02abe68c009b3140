/// A consumer's settings. Offsets are committed by the user's word only, partitions are assigned by range.
public struct ConsumerConfiguration: Sendable {
    /// Where a partition without a stored or committed offset begins. A place that the log no longer has is never replaced by another
    /// one: it is an error (`offsetOutOfRange`, `noOffset`), for a silent reset loses records.
    public enum Start: Sendable {
        /// At the log's first record.
        case beginning
        /// Behind the log's last record.
        case end
        /// Nowhere: no committed offset is an error.
        case fail
    }

    /// The Kafka to read from.
    public var kafka: KafkaConfiguration
    /// The group; nil: only `assign`, nothing is committed.
    public var group: String?
    /// The static member's name (`group.instance.id`): it has its partitions back at once after a restart, even after kill -9. Must be
    /// unique among running members: a second one fences the first.
    public var instance: String?
    /// Where to begin without an offset, when no `RebalanceHandler` says it.
    public var start: Start
    /// How long a dead member holds its partitions.
    public var sessionTimeout: Duration
    /// How often the member says that it lives; with 1 s a rebalance takes 1 s, with the library's 3 s it took 3 s.
    public var heartbeatInterval: Duration
    /// How long the poller may stay away before the group takes its partitions. Any poll counts, so watch `progress` as well.
    public var pollIntervalMax: Duration
    /// How long a broker holds an empty fetch open. Records that come meanwhile are sent at once; a partition that is added or sought
    /// waits for the open fetch, so it is short.
    public var fetchWait: Duration
    /// How many records the library fetches ahead, of all partitions. While the queue is full, partitions are left alone; the consumer has
    /// them fetched again when half of it is read.
    public var prefetchRecords: Int
    /// How many bytes the library fetches ahead for all partitions: the memory that a slow reader costs.
    public var prefetchBytes: Int
    /// How much one fetch of one partition may bring.
    public var fetchBytesMax: Int
    /// Whether batches report partitions whose end is reached.
    public var reportsEnds: Bool
    /// Whether records of open and aborted transactions are read too.
    public var readsUncommitted: Bool
    /// The names of headers to copy into batches; others are left. `nil`: all.
    public var headers: [String]?
    /// The most bytes of one batch (a single record may be larger).
    public var batchBytesMax: Int
    /// The most records of one batch of `batches`.
    public var batchRecordsMax: Int
    /// How long a batch of `batches` may be worked on before the partitions are paused and rebalances are let through without waiting for it.
    public var pauseAfter: Duration

    /// Safe defaults.
    public init(_ kafka: KafkaConfiguration, group: String? = nil) {
        self.kafka = kafka
        self.group = group
        instance = nil
        start = .beginning
        sessionTimeout = .seconds(10)
        heartbeatInterval = .seconds(1)
        pollIntervalMax = .seconds(300)
        fetchWait = .milliseconds(100)
        prefetchRecords = 100_000
        prefetchBytes = 16 << 20
        fetchBytesMax = 1 << 20
        reportsEnds = false
        readsUncommitted = false
        headers = []
        batchBytesMax = 4 << 20
        batchRecordsMax = 1000
        pauseAfter = .seconds(10)
    }

    func settings() throws(KafkaError) -> ClientSettings {
        guard prefetchRecords > 0, prefetchBytes >= 1024, batchBytesMax > 0, batchBytesMax <= 1 << 30, batchRecordsMax > 0,
            fetchBytesMax > 0
        else {
            throw KafkaError(.configuration, .reject, in: "configuration", "a limit of the consumer is out of range")
        }
        var settings = try ClientSettings(kafka)
        // Without a group the library still wants a name; with `assign` alone it is never joined nor committed to.
        settings.set("group.id", group ?? "\(kafka.clientID)-alone")
        if let instance { settings.set("group.instance.id", instance) }
        settings.set("partition.assignment.strategy", "range")  // cooperative-sticky has six unfixed defects (docs/kafka.md)
        settings.set("enable.auto.commit", false)
        settings.set("enable.auto.offset.store", false)
        settings.set("auto.offset.reset", "error")  // the default, the end, loses silently after retention or truncation
        settings.set("session.timeout.ms", sessionTimeout)
        settings.set("heartbeat.interval.ms", heartbeatInterval)
        settings.set("max.poll.interval.ms", max(pollIntervalMax, sessionTimeout))
        settings.set("fetch.wait.max.ms", fetchWait)
        settings.set("fetch.error.backoff.ms", "100")
        settings.set("fetch.message.max.bytes", String(fetchBytesMax))
        settings.set("queued.min.messages", String(prefetchRecords))
        settings.set("queued.max.messages.kbytes", String(prefetchBytes / 1024))
        settings.set("fetch.queue.backoff.ms", whereKnown: "10")  // since 2.2; before, a hard-coded second
        settings.set("enable.partition.eof", reportsEnds)
        settings.set("isolation.level", readsUncommitted ? "read_uncommitted" : "read_committed")
        return settings
    }
}
