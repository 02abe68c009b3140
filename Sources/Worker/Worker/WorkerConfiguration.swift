public import Avro
import Glibc
public import Kafka

public import Telemetry

/// A worker's settings.
public struct WorkerConfiguration: Sendable {
    /// The Kafka to work with.
    public var kafka: KafkaConfiguration
    /// In front of every topic's name.
    public var prefix: String
    /// Unique for each start of a process, readable: `host/pid/start`.
    public var name: String
    /// How many handlers of one operation may run at once, when neither `handle` nor the operation's policy says less.
    public var concurrency: Int
    /// The most records of one batch.
    public var batchRecordsMax: Int
    /// How many records may be taken from Kafka and wait for a free slot, for each operation.
    public var waitingMax: Int
    /// How many bytes of them.
    public var waitingBytesMax: Int
    /// How long all of `waitingMax` may be in use before the partitions with the longest lines are paused.
    public var pauseAfter: Duration
    /// How long a *started* may be without acknowledgement before its handler is cancelled and the request handed back.
    public var startedLimit: Duration
    /// How often progress of one attempt is sent at most; the last one is always sent.
    public var progressInterval: Duration
    /// How many pairs of request and attempt are remembered, so that a record that was published twice runs once.
    public var startsRemembered: Int
    /// How many offsets lie between two commits at least, in time.
    public var commitInterval: Duration
    /// The share of the stop's limit that running handlers have before their requests are handed back, in eighths: 5 of 8 s by default.
    public var drainEighths: Int
    /// The external registry that is asked for schemas which nobody wrote to `rejoinder.schemas`; none by default. The catalogue must then have
    /// its ids (`ExternalRegistry.numbered` of the module Client).
    public var registry: RegistryClient?
    /// Where the log goes; by default to standard error, from `notice` on.
    public var logger: Logger
    /// Where figures go.
    public var metrics: Metrics

    /// Safe defaults.
    public init(_ kafka: KafkaConfiguration) {
        self.kafka = kafka
        prefix = ""
        name = Self.uniqueName()
        concurrency = 256
        batchRecordsMax = 1_000
        waitingMax = 10_000
        waitingBytesMax = 32 << 20
        pauseAfter = .milliseconds(250)
        startedLimit = .seconds(5)
        progressInterval = .milliseconds(100)
        startsRemembered = 100_000
        commitInterval = .milliseconds(20)
        drainEighths = 5
        logger = Logger(label: "worker", level: .notice)
        metrics = Metrics()
    }

    /// These settings, when they can be used.
    public func validated() throws(WorkerError) -> WorkerConfiguration {
        let faults: [(Bool, String)] = [
            (concurrency < 1, "concurrency is \(concurrency); at least 1 is needed"),
            (batchRecordsMax < 1, "batchRecordsMax is \(batchRecordsMax); at least 1 is needed"),
            (waitingMax < 1, "waitingMax is \(waitingMax); at least 1 is needed"),
            (startsRemembered < 1, "startsRemembered is \(startsRemembered); at least 1 is needed"),
            (!(0...7).contains(drainEighths), "drainEighths is \(drainEighths); 0 to 7 are possible"),
            (name.isEmpty, "the worker has no name"),
            (name.hasPrefix("correlator/") || name.hasPrefix("commands-"), "the worker's name \"\(name)\" begins like a correlator's"),
        ]
        for (isFault, detail) in faults where isFault { throw WorkerError(.configuration, operation: "worker settings", detail: detail) }
        return self
    }

    /// `host/pid/start`, the start in milliseconds since 1970, in base 36; a random part keeps two workers of one process apart.
    public static func uniqueName() -> String {
        var host = [CChar](repeating: 0, count: 256)
        gethostname(&host, 255)
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let start = String(now.tv_sec * 1_000 + now.tv_nsec / 1_000_000, radix: 36)
        let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(name)/\(getpid())/\(start)\(String(UInt16.random(in: .min ... .max), radix: 36))"
    }
}
