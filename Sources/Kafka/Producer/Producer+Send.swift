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
            let waits = error.code == .queueFull || error.code == .replacing
            if waits, !Task.isCancelled, ContinuousClock.now < deadline, await room(until: deadline) { continue }
            if waits {
                let reason = Task.isCancelled ? KafkaError(.cancelled, .retry, in: "send", "the task was cancelled", notSent: true) : error
                refuse(batch, next..<records.count, reason)
                next = records.count
            } else {
                refuse(batch, next..<next + 1, error)
                next += 1
            }
        }
        return await withCheckedContinuation { waiter in
            if let outcomes = state.withLock({ $0.table.wait(for: batch, waiter) }) { waiter.resume(returning: outcomes) }
        }
    }

    /// Sends one record and suspends until it is acknowledged. Calls made at the same time share the library's batches. Room and cancellation
    /// as in `send` of a batch.
    public func send(_ record: Record) async throws(KafkaError) -> Delivery {
        var outcome = await withUnsafeContinuation { sendAlone(record, $0) }
        if case .failed(let error) = outcome, error.code == .queueFull || error.code == .replacing {
            outcome = await send([record])[0]  // waits for room
        }
        switch outcome {
        case .delivered(let partition, let offset, let timestamp):
            return Delivery(partition: partition, offset: offset, timestamp: timestamp)
        case .failed(let error): throw error
        }
    }

    /// Without a batch: nothing is allocated but what the library and the task need.
    private func sendAlone(_ record: Record, _ waiter: UnsafeContinuation<DeliveryOutcome, Never>) {
        let claim: Claim? = state.withLock { state in
            guard state.phase == .open else { return nil }
            callsInProgress.add(1, ordering: .acquiringAndReleasing)
            let slot = state.table.open(waiter: waiter, tick: state.tick)
            return Claim(slot: slot, topic: state.topics[state.index(of: record.topic)])
        }
        guard let claim else {
            waiter.resume(returning: .failed(refusal(RD_KAFKA_RESP_ERR__FATAL, topic: record.topic)))
            return
        }
        let code = hand(record, claim)
        callsInProgress.subtract(1, ordering: .acquiringAndReleasing)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        state.withLock { $0.table.cancel(claim.slot) }
        waiter.resume(returning: .failed(refusal(code, topic: record.topic)))
    }

    private func hand(_ record: Record, _ claim: Claim) -> rd_kafka_resp_err_t {
        ProducerLoop.withBytes(record.key) { key in
            ProducerLoop.withBytes(record.value) { value in
                Self.produce(claim, record.partition ?? -1, key: key, value: value, headers: record.headers, timestamp: record.timestamp)
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
            let code = hand(records[index], claims[index - indexes.lowerBound])
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
