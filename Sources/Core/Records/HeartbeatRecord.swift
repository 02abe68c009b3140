/// A record of `rejoinder.heartbeats`: a worker is alive, and with it all it holds in a partition.
public struct HeartbeatRecord: Sendable, Equatable {
    public var worker: String
    public var time: Timestamp
    public var partition: Int32
    public var operation: String
    /// Takes that run now.
    public var holds: Int
    /// Takes that could run.
    public var slots: Int

    public init(worker: String, time: Timestamp, partition: Int32, operation: String, holds: Int = 0, slots: Int = 0) {
        self.worker = worker
        self.time = time
        self.partition = partition
        self.operation = operation
        self.holds = holds
        self.slots = slots
    }
}
