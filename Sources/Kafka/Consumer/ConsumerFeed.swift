internal import CRdKafka
internal import Telemetry

/// The thread behind `Consumer.batches`, and the one reader that it feeds.
final class ConsumerFeed: Sendable {
    private typealias Waiter = CheckedContinuation<Result<ConsumerBatch?, KafkaError>, Never>
    private struct State {
        var flow: ConsumerFlow
        var waiter: Waiter?
        /// Taken for a reader that went away meanwhile.
        var held: ConsumerBatch?
    }

    private let consumer: Consumer
    private let state: Locked<State>
    private let gate = Gate()

    init(_ consumer: Consumer) {
        self.consumer = consumer
        state = Locked(State(flow: ConsumerFlow(pauseAfter: consumer.configuration.pauseAfter, now: .now)))
    }

    func start() { OwnThread.run("kafka-feed") { self.run() } }

    func next() async throws(KafkaError) -> ConsumerBatch? {
        let result: Result<ConsumerBatch?, KafkaError> = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let answer: ConsumerBatch?? = state.withLock { state in
                    precondition(state.waiter == nil, "two tasks read the batches of one consumer")
                    if state.flow.phase == .closed || Task.isCancelled { return .some(nil) }
                    if let held = state.held {
                        state.held = nil
                        return held
                    }
                    state.waiter = waiter
                    state.flow.ask()
                    return nil
                }
                if let answer { waiter.resume(returning: .success(answer)) } else { gate.open() }
            }
        } onCancel: {
            takeWaiter()?.resume(returning: .success(nil))
        }
        return try result.get()
    }

    private func takeWaiter() -> Waiter? {
        state.withLock { state in
            defer { state.waiter = nil }
            state.flow.rest(now: .now)
            return state.waiter
        }
    }

    /// Ends the sequence; the thread ends soon after.
    func close() {
        let waiter = state.withLock { state in
            state.flow.close()
            defer { state.waiter = nil }
            return state.waiter
        }
        gate.open()
        waiter?.resume(returning: .success(nil))
    }

    private func run() {
        while true {
            switch state.withLock({ $0.flow.step(now: .now) }) {
            case .stop: return
            case .sleep(let duration): gate.pass(within: duration)
            case .takeBatch: take(within: .milliseconds(100))
            case .pauseThenServe:
                try? consumer.pause(consumer.assignment)
                take(within: .milliseconds(100))
            case .serveOnly: take(within: .milliseconds(100))
            case .resumeThenTake:
                try? consumer.resume(consumer.assignment)
                take(within: .milliseconds(100))
            }
        }
    }

    /// One poll. What it brings goes to the reader, or is held for him.
    private func take(within limit: Duration) {
        if state.withLock({ $0.held != nil && $0.waiter == nil }) {
            // Records that came in spite of the pause (a rebalance brought new partitions) wait for the reader, and theirs are paused too.
            try? consumer.pause(consumer.assignment)
            gate.pass(within: limit)
            return
        }
        var batch = ConsumerBatch()
        let result: Result<ConsumerBatch?, KafkaError>
        do throws(KafkaError) {
            try consumer.poll(into: &batch, max: consumer.configuration.batchRecordsMax, timeout: limit)
            batch.changes = consumer.membership.takeChanges()
            if batch.isEmpty { return }
            result = .success(batch)
        } catch {
            result = .failure(error)
        }
        if let waiter = takeWaiter() {
            waiter.resume(returning: result)
        } else if case .success(let batch?) = result {
            state.withLock { $0.held = batch }
        }
    }
}

extension Consumer {
    /// Batches for async code, driven by demand: a thread of their own polls while somebody waits in `next()`. While a batch is worked on a
    /// rebalance waits, up to `pauseAfter`: time to finish and commit what is in hand. Changes of the assignment are in the batches.
    ///
    ///     for try await batch in consumer.batches {
    ///         for record in batch.records { … }
    ///         try await consumer.commit(batch.next)
    ///     }
    public var batches: Batches { Batches(consumer: self) }

    func startedFeed() -> ConsumerFeed {
        let (feed, isNew) = feed.withLock { current in
            if let current { return (current, false) }
            let made = ConsumerFeed(self)
            current = made
            return (made, true)
        }
        if isNew {
            membership.state.withLock { $0.keepsChanges = true }
            feed.start()
        }
        return feed
    }
}
