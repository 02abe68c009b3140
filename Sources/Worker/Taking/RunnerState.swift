import Core

/// What was taken from Kafka and waits for a free slot.
struct WaitingRequest: Sendable {
    let partition: Int32
    let offset: Int64
    let ticket: Int
    let epoch: Int32
    let value: [UInt8]
}

/// What a runner knows; changed under its one lock, by calls that wait for nothing.
struct RunnerState {
    /// A partition that is ours, since the assignment `epoch`.
    struct Assigned {
        let epoch: Int32
        var tracker = CommitTracker()
        var last: Int64 = -1
    }

    struct OpenTake {
        let take: Take
        /// Kafka has acknowledged its *started*.
        var isAcknowledged = false
    }

    /// The end of a take that Kafka did not take: tried again until it does, since the correlator believes in the take as long as this
    /// worker's heartbeats come.
    struct Resend {
        var due: ContinuousClock.Instant
        let id: RequestID
        let attempt: Int
        let number: UInt64
        let partition: Int32
        let sequence: Int64
        let event: Event
    }

    var assigned: [Int32: Assigned] = [:]
    var epoch: Int32 = 0
    var hasBeenAssigned = false
    var waiting = FairQueue<WaitingRequest>()
    var waitingBytes = 0
    /// Handlers that run: never more than there are slots.
    var running = 0
    var starts: StartMemory
    var pending = PendingTable()
    var startsPending = 0
    /// Takes whose handlers run, by their numbers.
    var open: [UInt64: OpenTake] = [:]
    var resends: [Resend] = []
    /// Nothing new is started.
    var isDraining = false

    init(startsRemembered: Int) { starts = StartMemory(capacity: startsRemembered) }

    /// Nil when the partition is not ours, or the record was seen since it is.
    mutating func ticket(partition: Int32, offset: Int64) -> (ticket: Int, epoch: Int32)? {
        guard let index = assigned.index(forKey: partition), assigned.values[index].last < offset else { return nil }
        assigned.values[index].last = offset
        return (assigned.values[index].tracker.take(offset), assigned.values[index].epoch)
    }

    mutating func settle(partition: Int32, ticket: Int, epoch: Int32) {
        guard let index = assigned.index(forKey: partition), assigned.values[index].epoch == epoch else { return }
        assigned.values[index].tracker.settle(ticket)
    }

    mutating func enqueue(_ record: WaitingRequest) {
        waiting.append(record, partition: record.partition)
        waitingBytes += record.value.count
    }

    mutating func dequeue() -> WaitingRequest? {
        guard let record = waiting.next() else { return nil }
        waitingBytes -= record.value.count
        return record
    }

    /// Forgets partitions that are no longer ours, with what waits of them.
    mutating func revoke(_ partitions: [Int32]) {
        for partition in partitions {
            assigned[partition] = nil
            waiting.remove(partition)
        }
        if waiting.isEmpty { waitingBytes = 0 }
    }

    /// Whether the handler of the request at this place still runs.
    func isOpen(partition: Int32, offset: Int64) -> Bool {
        open.values.contains { $0.take.partition == partition && $0.take.offset == offset }
    }

    /// How many takes are open, by partition.
    func holds() -> [Int32: Int] {
        var holds: [Int32: Int] = [:]
        for open in open.values { holds[open.take.partition, default: 0] += 1 }
        return holds
    }
}
