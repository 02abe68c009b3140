import Core
import Kafka
import Synchronization

import Telemetry

/// The thread that reads from Kafka.
extension OperationRunner {
    /// How the thread treats a full waiting line.
    private struct Flow {
        var fullSince: ContinuousClock.Instant?
        var paused: Set<Int32> = []
    }

    func loop() {
        defer { threadEnded.store(true, ordering: .releasing) }
        var batch = ConsumerBatch()
        var scratch = Scratch(book)
        var flow = Flow()
        var committed = ContinuousClock.now
        while !stops.load(ordering: .acquiring) {
            commitIfDue(&committed)
            guard mayPoll(&flow) else { continue }
            do throws(KafkaError) {
                try consumer.poll(into: &batch, max: configuration.batchRecordsMax, timeout: .milliseconds(pollMilliseconds(flow)))
            } catch {
                guard recover(error) else { break }
                continue
            }
            process(batch, &scratch)
        }
        leave()
    }

    /// Short while something is to be committed or resumed, so that it is not held up by an idle topic.
    private func pollMilliseconds(_ flow: Flow) -> Int {
        !flow.paused.isEmpty || state.withLock { $0.startsPending > 0 } ? 10 : 100
    }

    private func process(_ batch: borrowing ConsumerBatch, _ scratch: inout Scratch) {
        let bytes = batch.bytes.span.bytes
        for record in batch.records {
            let (origin, waits) = state.withLock { state -> (Origin?, Bool) in
                guard !state.isDraining, let (ticket, epoch) = state.ticket(partition: record.partition, offset: record.offset) else {
                    return (nil, false)
                }
                let origin = Origin(partition: record.partition, offset: record.offset, ticket: ticket, epoch: epoch)
                return (origin, state.waiting.count(record.partition) > 0)
            }
            guard let origin else { continue }
            let value = bytes.extracting(record.value ?? 0..<0)
            if waits {
                wait(value, origin)
            } else if case .full = begin(value, origin, &scratch, takesSlot: false) {
                wait(value, origin)
            }
        }
    }

    /// Puts a request into its partition's line; begins it at once if a slot became free in the meantime.
    private func wait(_ value: RawSpan, _ origin: Origin) {
        let waiting = WaitingRequest(
            partition: origin.partition, offset: origin.offset, ticket: origin.ticket, epoch: origin.epoch,
            value: value.withUnsafeBytes { [UInt8]($0) })
        let hasSlot = state.withLock { state in
            state.enqueue(waiting)
            guard state.running < slots else { return false }
            state.running += 1
            return true
        }
        if hasSlot { next() }
    }

    /// Back-pressure: while the line is full nothing is asked for; when it stays full the partitions with the longest lines are paused and
    /// the others are read on, so that none waits behind another's backlog.
    private func mayPoll(_ flow: inout Flow) -> Bool {
        let (isFull, longest, share) = state.withLock { state -> (Bool, [Int32], Int) in
            let isFull = state.waiting.count >= configuration.waitingMax || state.waitingBytes >= configuration.waitingBytesMax
            let share = max(configuration.waitingMax / max(state.assigned.count, 1) / 2, 1)
            let longest = isFull || !flow.paused.isEmpty ? state.waiting.partitions(above: share) : []
            return (isFull, longest, share)
        }
        if !flow.paused.isEmpty { resume(&flow, below: share) }
        guard isFull else {
            flow.fullSince = nil
            return true
        }
        let now = ContinuousClock.now
        let since = flow.fullSince ?? now
        flow.fullSince = since
        guard now - since >= configuration.pauseAfter else {
            OwnThread.sleep(.milliseconds(2))
            return false
        }
        let fresh = longest.filter { !flow.paused.contains($0) }
        if !fresh.isEmpty, (try? consumer.pause(fresh.map { TopicPartition(requestsTopic, $0) })) != nil {
            logger.debug("partitions are paused: their lines are full", ["count": fresh.count])
            flow.paused.formUnion(fresh)
        }
        // Nothing that could be paused makes the line shorter: then only handlers do.
        if fresh.isEmpty && flow.paused.isEmpty {
            OwnThread.sleep(.milliseconds(2))
            return false
        }
        return true
    }

    private func resume(_ flow: inout Flow, below share: Int) {
        let short = state.withLock { state in
            flow.paused.filter { partition in state.assigned[partition] == nil || state.waiting.count(partition) <= share / 2 }
        }
        guard !short.isEmpty else { return }
        flow.paused.subtract(short)
        let ours = state.withLock { state in short.filter { state.assigned[$0] != nil } }
        try? consumer.resume(ours.map { TopicPartition(requestsTopic, $0) })
    }

    private func commitIfDue(_ committed: inout ContinuousClock.Instant) {
        let now = ContinuousClock.now
        guard now - committed >= configuration.commitInterval else { return }
        let offsets = positions()
        guard !offsets.isEmpty else { return }
        committed = now
        let logger = logger
        consumer.commit(offsets) { error in
            // What is not committed is read again by whoever comes next and starts nothing twice that counts twice.
            if let error { logger.notice("offsets were not committed: \(error)") }
        }
    }

    /// What may be committed and was not yet.
    func positions(of partitions: [Int32]? = nil) -> [TopicPartitionOffset] {
        state.withLock { state in
            var offsets: [TopicPartitionOffset] = []
            for partition in partitions ?? Array(state.assigned.keys) {
                if let position = state.assigned[partition]?.tracker.advance() {
                    offsets.append(TopicPartitionOffset(requestsTopic, partition, position))
                }
            }
            return offsets
        }
    }

    /// Whether to go on after an error of poll.
    private func recover(_ error: KafkaError) -> Bool {
        guard !stops.load(ordering: .acquiring) else { return false }
        switch error.disposition {
        case .fatal:
            failed(WorkerError(.kafka, operation: "read \(requestsTopic)", detail: error.description))
            return false
        default:
            logger.warning("reading failed and is tried again: \(error)")
            OwnThread.sleep(.milliseconds(200))
            return true
        }
    }

    /// Commits what is acknowledged, leaves the group and closes.
    private func leave() {
        settleStarts(within: .milliseconds(500))
        let offsets = positions()
        if !offsets.isEmpty { try? consumer.commitAndWait(offsets, within: .seconds(1)) }
        _ = consumer.closeBlocking(within: .seconds(2))
    }

    /// Gives acknowledgements that are on their way a moment to come, so that less is read again.
    func settleStarts(within limit: Duration) {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline, state.withLock({ $0.startsPending > 0 }) { OwnThread.sleep(.milliseconds(2)) }
    }
}
