internal import Core

/// A job in the loop's memory, and what the loop must know beside it. Used by the loop's thread only.
final class Entry {
    /// What a decision that was taken last was: it is not taken again for a while.
    struct Sent: Equatable {
        /// The event's name, or "" for a publication.
        let event: String
        let attempt: Int
        let at: Int64
    }
    /// A partial result on its way to the store.
    struct Part {
        let index: Int
        let payload: Payload
        let time: Timestamp
        let attempt: Int
    }
    /// The job's row in the list index, as the store has it.
    struct Listed: Equatable {
        let operation: UInt16
        let status: JobStatus
        let created: Timestamp
    }

    var job: Job
    /// What readers were last shown.
    var shown: JobSnapshot?
    /// Events that the store does not have yet.
    var history = HistoryRow()
    var parts: [Part] = []
    /// The parts in the store are those of before an operator's retry.
    var dropsParts = false
    /// What the store has.
    var listed: Listed?
    var storedTimer = Entry.never
    var storedDuties: Duties = []
    /// When the owner's clock makes something due.
    var timer = Entry.never
    /// What is still owed to others (dead letter, reply, *Stop* for a stale take).
    var duties: Duties = []
    /// Of these, what is on its way.
    var sentDuties: Duties = []
    /// Monotonic: when the take was folded, and the cancellation.
    var leaseFrom: Int64
    var cancelFrom: Int64
    var sent: Sent?
    /// The take and the number of signals that were last handed out by `Deliver`.
    var delivered: (take: String, signals: Int) = ("", 0)
    var isInBatch = false
    var isUncommitted = false
    var isArmed = false
    var isPurged = false

    static let never = Int64.max

    init(_ job: Job, now: Int64) {
        self.job = job
        leaseFrom = now
        cancelFrom = now
    }

    /// Sets the timer to what the job's state asks for.
    @discardableResult
    func arm(_ policies: Policies, requestRetention: Duration) -> Wake {
        isArmed = true
        let wake = reading { $0.wake(policy: policies.policy(of: $0.operation), requestRetention: requestRetention) }
        timer = wake.at?.milliseconds ?? Self.never
        return wake
    }

    /// In the order of their ids.
    static func ordered(_ entries: [Entry]) -> [Entry] {
        // Sorted beside their ids: the entries themselves are neither touched nor counted in each comparison.
        var order: [(id: RequestID, index: Int)] = []
        order.reserveCapacity(entries.count)
        for index in entries.indices { order.append((entries[index].job.id, index)) }
        order.sort { $0.id < $1.id }
        return order.map { entries[$0.index] }
    }

    /// Reads the job where it lies: a call on a class's property copies it first, with all that it holds. `inout` says that nothing else has it
    /// meanwhile; it is not to be changed.
    func reading<Value>(_ body: (inout Job) -> Value) -> Value { body(&job) }
}
