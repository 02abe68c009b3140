internal import CRdKafka
internal import Synchronization
internal import Telemetry

extension Producer {
    /// Sends a batch and suspends once, until every record has its outcome; outcomes are in the order of the records.
    ///
    /// A full queue is waited for up to `roomWaitMax`, then the rest has the outcome `queueFull`. Cancellation does not recall records
    /// that were taken, whose outcomes still arrive; the rest has the outcome `cancelled`.
    public func send(_ records: [Record]) async -> [DeliveryOutcome] {
        guard !records.isEmpty else { return [] }
        let batch = state.withLock { $0.table.openBatch(count: records.count) }
        let deadline = ContinuousClock.now + configuration.roomWaitMax
        var next = 0
        while next < records.count {
            var refused: KafkaError?
            next = take(records, from: next, batch, &refused)
            guard let error = refused else { continue }
            guard let final = await reason(against: error, until: deadline) else { continue }
            let end = error.isWantOfRoom ? records.count : next + 1
            refuse(batch, next..<end, final)
            next = end
        }
        return await withCheckedContinuation { waiter in
            if let outcomes = state.withLock({ $0.table.wait(for: batch, waiter) }) { waiter.resume(returning: outcomes) }
        }
    }

    /// Sends one record and suspends until it is acknowledged. Calls made at the same time share the library's batches. Room and cancellation
    /// as in `send` of a batch.
    public func send(_ record: Record) async throws(KafkaError) -> Delivery {
        let outcome = await withUnsafeContinuation { waiter in
            if let error = take(record, .task(waiter)) { waiter.resume(returning: .failed(error)) }
        }
        if case .failed(let error) = outcome, error.isWantOfRoom { return try await submit(record).delivery }
        return try outcome.delivery
    }

    /// Hands one record over and returns as soon as the library has taken it; its outcome is awaited later. Records that one task submits
    /// to one partition are written in the order of the calls, which tasks that each await a `send` cannot promise.
    ///
    /// Suspends only for want of room, up to `roomWaitMax`; then it throws `queueFull`. Cancelled while it waits for room it throws
    /// `cancelled`. All errors thrown here are `notSent`.
    public func submit(_ record: Record) async throws(KafkaError) -> PendingDelivery {
        let pending = PendingDelivery()
        var deadline: ContinuousClock.Instant?
        while let error = take(record, .pending(pending)) {
            let end = deadline ?? .now + configuration.roomWaitMax
            deadline = end
            if let final = await reason(against: error, until: end) { throw final }
        }
        return pending
    }

    /// Without a batch. Returns why the record was not taken.
    private func take(_ record: Record, _ waiter: DeliveryTable.Waiter) -> KafkaError? {
        let claim: Claim? = state.withLock { state in
            guard state.phase == .open else { return nil }
            callsInProgress.add(1, ordering: .acquiringAndReleasing)
            let slot = state.table.open(waiter: waiter, tick: state.tick)
            return Claim(slot: slot, topic: state.topics[state.index(of: record.topic)])
        }
        guard let claim else { return refusal(RD_KAFKA_RESP_ERR__FATAL, topic: record.topic) }
        let code = withUnsafePointer(to: record) { Self.hand($0, claim) }
        callsInProgress.subtract(1, ordering: .acquiringAndReleasing)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        state.withLock { $0.table.cancel(claim.slot) }
        return refusal(code, topic: record.topic)
    }

    /// Through a pointer: a record that is passed as a value counts a reference for each of its four buffers.
    private static func hand(_ record: UnsafePointer<Record>, _ claim: Claim) -> rd_kafka_resp_err_t {
        ProducerLoop.withBytes(record.pointee.key) { key in
            ProducerLoop.withBytes(record.pointee.value) { value in
                produce(
                    claim, record.pointee.partition ?? -1, key: key, value: value, headers: record.pointee.headers,
                    timestamp: record.pointee.timestamp)
            }
        }
    }

    /// Records are claimed under one lock for so many.
    private static let chunk = 256

    /// Hands over records from `start` on. Returns the first that was not taken, with the reason in `refused`.
    private func take(_ records: [Record], from start: Int, _ batch: Int32, _ refused: inout KafkaError?) -> Int {
        var next = start
        withUnsafeTemporaryAllocation(of: Claim.self, capacity: Self.chunk) { claims in
            while next < records.count, refused == nil {
                let end = min(next + Self.chunk, records.count)
                next = take(records, next..<end, batch, claims, &refused)
            }
        }
        return next
    }

    private func take(
        _ records: [Record], _ indexes: Range<Int>, _ batch: Int32, _ claims: UnsafeMutableBufferPointer<Claim>,
        _ refused: inout KafkaError?
    ) -> Int {
        let isOpen = state.withLock { state in
            guard state.phase == .open else { return false }
            callsInProgress.add(1, ordering: .acquiringAndReleasing)
            var name = records[indexes.lowerBound].topic
            var topic = state.topics[state.index(of: name)]
            for index in indexes {
                if records[index].topic != name {
                    name = records[index].topic
                    topic = state.topics[state.index(of: name)]
                }
                let slot = state.table.open(token: UInt64(index), batch: batch, tick: state.tick)
                claims.initializeElement(at: index - indexes.lowerBound, to: Claim(slot: slot, topic: topic))
            }
            return true
        }
        guard isOpen else {
            refused = refusal(RD_KAFKA_RESP_ERR__FATAL, topic: records[indexes.lowerBound].topic)
            return indexes.lowerBound
        }
        defer { callsInProgress.subtract(1, ordering: .acquiringAndReleasing) }
        for index in indexes {
            let code = records.withUnsafeBufferPointer { Self.hand($0.baseAddress! + index, claims[index - indexes.lowerBound]) }
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            state.withLock { state in
                for left in index..<indexes.upperBound { state.table.cancel(claims[left - indexes.lowerBound].slot) }
            }
            refused = refusal(code, topic: records[index].topic)
            return index
        }
        return indexes.upperBound
    }

    private func refuse(_ batch: Int32, _ indexes: Range<Int>, _ error: KafkaError) {
        state.withLock { state in
            var finished: [DeliveryTable.Finished] = []  // nobody waits yet: `send` begins to wait last
            for index in indexes { state.table.settle(batch, index, .failed(error), finished: &finished) }
        }
    }

    /// What to tell of a refused record; nil when it may be tried again, because there is room now.
    private func reason(against error: KafkaError, until deadline: ContinuousClock.Instant) async -> KafkaError? {
        guard error.isWantOfRoom else { return error }
        if !Task.isCancelled, ContinuousClock.now < deadline, await room(until: deadline) { return nil }
        return Task.isCancelled ? KafkaError(.cancelled, .retry, in: "send", "the task was cancelled", notSent: true) : error
    }

    /// Suspends until reports made room. False at the deadline, on cancellation, and when the producer closes.
    private func room(until deadline: ContinuousClock.Instant) async -> Bool {
        let number = state.withLock { state in
            state.roomWaitersBegun += 1
            return state.roomWaitersBegun
        }
        let timer = Task {
            try? await Task.sleep(until: deadline, clock: .continuous)
            leave(number)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let answer: Bool? = state.withLock { state in
                    if state.phase == .closed || Task.isCancelled { return false }
                    // With nothing under way no report will come to wake us: there is room already.
                    if state.phase == .open, state.table.count == 0 { return true }
                    state.roomWaiters[number] = waiter
                    return nil
                }
                if let answer { waiter.resume(returning: answer) }
            }
        } onCancel: {
            leave(number)
        }
    }

    private func leave(_ number: Int) {
        state.withLock { $0.roomWaiters.removeValue(forKey: number) }?.resume(returning: false)
    }
}

extension KafkaError {
    /// The record may be taken a little later.
    fileprivate var isWantOfRoom: Bool { code == .queueFull || code == .replacing }
}
