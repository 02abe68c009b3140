public import Core

/// A kind of topic in the simulated world.
public enum Topic: Int, Sendable, CaseIterable {
    case requests
    case responses
    case commands
    case heartbeats
    case jobs
}

/// A partition of a topic.
public struct Place: Hashable, Sendable {
    public var topic: Topic
    public var partition: Int

    public init(_ topic: Topic, _ partition: Int) {
        self.topic = topic
        self.partition = partition
    }
}

/// How far each topic is read; indexed by topic.
public struct Offsets: Hashable, Sendable {
    private var values = [Int](repeating: 0, count: Topic.allCases.count)

    public init() {}

    public subscript(topic: Topic) -> Int {
        get { values[topic.rawValue] }
        set { values[topic.rawValue] = newValue }
    }
}

/// A record of `rejoinder.jobs` in the simulated world.
public struct SimulatedJobRecord: Sendable {
    public var job: Job
    /// All that was folded into it.
    public var offsets: Offsets
    /// Of its request record and its first event; `Int.max` when there is none.
    public var firstRequest: Int
    public var firstEvent: Int
    public var writer: String
}

/// A record of any topic.
public enum SimulatedRecord: Sendable {
    case request(RequestRecord, by: String)
    case event(EventRecord)
    case command(CommandRecord)
    case heartbeat(worker: String)
    case job(SimulatedJobRecord)
    case checkpoint(writer: String, offsets: Offsets)
}

/// A partition's log: compaction leaves holes, retention moves the start.
public struct SimulatedLog: Sendable {
    public var records: [SimulatedRecord?] = []
    /// When each was appended, in milliseconds.
    public var times: [Int64] = []
    public var start = 0

    public var end: Int { records.count }

    public init() {}
}
