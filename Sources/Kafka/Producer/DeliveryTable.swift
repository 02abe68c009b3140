/// Pure: who waits for which report. A slot's number travels as the record's opaque.
struct DeliveryTable {
    /// A record under way.
    struct Slot {
        /// The observer's token, or the index in the batch.
        var token: UInt64
        /// The order in which records were taken: a new generation sends in this order.
        var sequence: UInt64
        /// The batch of `send`; or `observer`, or `single`.
        var batch: Int32
        /// The clock of `unsentMax` when the record was taken. `UInt32.max`: the slot is free.
        var tick: UInt32
        /// How many generations have tried.
        var generations: UInt8
    }
    /// One call of `send`.
    struct Batch {
        var outcomes: [DeliveryOutcome]
        var left: Int
        var waiter: CheckedContinuation<[DeliveryOutcome], Never>?
    }
    /// A batch that is complete, and who waits for it.
    struct Finished {
        let waiter: CheckedContinuation<[DeliveryOutcome], Never>
        let outcomes: [DeliveryOutcome]
    }

    /// Who is told of one record alone.
    enum Waiter {
        /// A task suspended in `send(_:)`.
        case task(UnsafeContinuation<DeliveryOutcome, Never>)
        /// What `submit(_:)` gave.
        case pending(PendingDelivery)

        func resume(_ outcome: DeliveryOutcome) {
            switch self {
            case .task(let continuation): continuation.resume(returning: outcome)
            case .pending(let pending): pending.finish(outcome)
            }
        }
    }

    /// A record alone is complete.
    struct Single {
        let waiter: Waiter
        let outcome: DeliveryOutcome
    }
    /// What closing slots has to tell, outside of the lock.
    struct Told {
        /// How many slots are closed: what is first told makes room for all.
        let count: Int
        private(set) var reports: [DeliveryReport] = []
        private(set) var singles: [Single] = []
        var batches: [Finished] = []

        init(count: Int) { self.count = count }

        mutating func add(_ report: DeliveryReport) {
            if reports.isEmpty { reports.reserveCapacity(count) }
            reports.append(report)
        }

        mutating func add(_ single: Single) {
            if singles.isEmpty { singles.reserveCapacity(count) }
            singles.append(single)
        }
    }
    static let observer: Int32 = -1
    static let single: Int32 = -2

    private(set) var slots: [Slot] = []
    /// Who waits for a slot's record alone, by slot. As long as single sends needed it.
    private var singles: [Waiter?] = []
    private var freeSlots: [UInt32] = []
    private var batches: [Batch] = []
    private var freeBatches: [Int32] = []
    private var sequence: UInt64 = 0
    /// Records under way.
    var count: Int { slots.count - freeSlots.count }

    mutating func open(token: UInt64, batch: Int32, tick: UInt32) -> UInt32 {
        sequence += 1
        let slot = Slot(token: token, sequence: sequence, batch: batch, tick: tick, generations: 0)
        if let index = freeSlots.popLast() {
            slots[Int(index)] = slot
            return index
        }
        slots.append(slot)
        return UInt32(slots.count - 1)
    }

    /// The record was refused: nobody will report it.
    mutating func cancel(_ slot: UInt32) {
        if slots[Int(slot)].batch == Self.single { singles[Int(slot)] = nil }
        slots[Int(slot)].tick = .max
        freeSlots.append(slot)
    }

    /// The record goes to one more generation.
    mutating func again(_ slot: UInt32) -> UInt8 {
        slots[Int(slot)].generations += 1
        return slots[Int(slot)].generations
    }

    /// A slot for one record that `waiter` waits for.
    mutating func open(waiter: Waiter, tick: UInt32) -> UInt32 {
        let slot = open(token: 0, batch: Self.single, tick: tick)
        if singles.count <= Int(slot) { singles.append(contentsOf: repeatElement(nil, count: Int(slot) + 1 - singles.count)) }
        singles[Int(slot)] = waiter
        return slot
    }

    /// Frees the slot; an observer's outcome and a single one's are told, a batch's is kept until the batch is complete.
    mutating func close(_ slot: UInt32, _ outcome: DeliveryOutcome, _ told: inout Told) {
        let closed = slots[Int(slot)]
        precondition(closed.tick != .max, "a record was reported twice")
        defer { cancel(slot) }
        switch closed.batch {
        case Self.observer: told.add(DeliveryReport(token: closed.token, outcome: outcome))
        case Self.single:
            if let waiter = singles[Int(slot)] { told.add(Single(waiter: waiter, outcome: outcome)) }
        default: settle(closed.batch, Int(closed.token), outcome, finished: &told.batches)
        }
    }

    mutating func openBatch(count: Int) -> Int32 {
        let batch = Batch(
            outcomes: Array(repeating: .delivered(partition: -1, offset: -1, timestamp: -1), count: count), left: count, waiter: nil)
        if let index = freeBatches.popLast() {
            batches[Int(index)] = batch
            return index
        }
        batches.append(batch)
        return Int32(batches.count - 1)
    }

    /// One record of a batch has its outcome.
    mutating func settle(_ batch: Int32, _ index: Int, _ outcome: DeliveryOutcome, finished: inout [Finished]) {
        batches[Int(batch)].outcomes[index] = outcome
        batches[Int(batch)].left -= 1
        guard batches[Int(batch)].left == 0, let waiter = batches[Int(batch)].waiter else { return }
        finished.append(Finished(waiter: waiter, outcomes: closeBatch(batch)))
    }

    /// The outcomes if the batch is complete; otherwise `waiter` is resumed when it is.
    mutating func wait(for batch: Int32, _ waiter: CheckedContinuation<[DeliveryOutcome], Never>) -> [DeliveryOutcome]? {
        if batches[Int(batch)].left == 0 { return closeBatch(batch) }
        batches[Int(batch)].waiter = waiter
        return nil
    }

    private mutating func closeBatch(_ batch: Int32) -> [DeliveryOutcome] {
        let outcomes = batches[Int(batch)].outcomes
        batches[Int(batch)] = Batch(outcomes: [], left: 0, waiter: nil)
        freeBatches.append(batch)
        return outcomes
    }

    /// Whether a record has been under way since before `tick`.
    func holdsOlder(than tick: UInt32) -> Bool {
        slots.contains { $0.tick < tick }
    }

    /// Every record under way, in the order in which they were taken.
    var open: [UInt32] {
        slots.indices.filter { slots[$0].tick != .max }.sorted { slots[$0].sequence < slots[$1].sequence }.map { UInt32($0) }
    }
}
