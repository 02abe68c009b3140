internal import CRdKafka
internal import Synchronization
internal import Telemetry

extension Producer {
    /// Runs `body` in a transaction: commits if it returns, aborts if it throws. There is no third way out.
    ///
    /// Needs `ProducerConfiguration.transactionalID`; one transaction at a time. Any doubtful end (fatal error, a commit that came after
    /// `transactionTimeout`, an answer that did not come in time, a record that the broker refused) makes the producer take a new handle, so that the next transaction starts
    /// clean; what `body` did is then not committed, or its fate is in the error's text. After an abort a consumer must go back to its last
    /// committed offsets: that is the caller's part. The library cannot tell a producer fenced by another one of its id from one whose
    /// transaction timed out: this one takes the id again with its next transaction, so run one producer for each id. Cancellation of the task does not interrupt a commit.
    public func withTransaction<Result: Sendable>(
        within limit: Duration = .seconds(30), _ body: (borrowing Transaction) async throws -> Result
    ) async throws -> Result {
        guard configuration.transactionalID != nil else {
            throw KafkaError(.configuration, .reject, in: "transaction", "ProducerConfiguration.transactionalID is not set")
        }
        guard !inTransaction.exchange(true, ordering: .acquiringAndReleasing) else {
            throw KafkaError(.configuration, .reject, in: "transaction", "another transaction of this producer is open")
        }
        defer { inTransaction.store(false, ordering: .releasing) }
        let number = try await OwnThread.blocking("kafka-txn") { () throws(KafkaError) in try self.begin(within: limit) }
        let result: Result
        do {
            result = try await body(Transaction(producer: self, limit: limit))
        } catch {
            await finish(number, within: limit)
            throw error
        }
        try await OwnThread.blocking("kafka-txn") { () throws(KafkaError) in try self.commit(number, within: limit) }
        return result
    }

    /// After `body` threw: its error is what the caller sees, so trouble in the abort is only logged.
    private func finish(_ number: Int, within limit: Duration) async {
        do throws(KafkaError) {
            try await OwnThread.blocking("kafka-txn") { () throws(KafkaError) in try self.abort(number, within: limit) }
        } catch {
            context.failed(error)
        }
    }

    /// The number of the generation that the transaction runs on.
    private func begin(within limit: Duration) throws(KafkaError) -> Int {
        let deadline = ContinuousClock.now + limit
        while true {
            do throws(KafkaError) {
                return try call { generation, _ throws(KafkaError) -> Int in
                    if let error = generation.handle.fatalError { throw error }
                    if preparedGeneration.load(ordering: .acquiring) != generation.number {
                        let left = max(1, (deadline - .now).milliseconds)
                        try check("init transactions", rd_kafka_init_transactions(generation.handle.pointer, left))
                        preparedGeneration.store(generation.number, ordering: .releasing)
                    }
                    try check("begin transaction", rd_kafka_begin_transaction(generation.handle.pointer))
                    refusedInTransaction.store(false, ordering: .releasing)
                    return generation.number
                }
            } catch {
                let mayPass = error.disposition == .retry || error.disposition == .fatal && error.code != .fencedInstance
                guard mayPass, ContinuousClock.now < deadline, state.withLock({ $0.phase }) != .closed else { throw error }
                OwnThread.sleep(.milliseconds(50))
            }
        }
    }

    func sendOffsets(_ offsets: [TopicPartitionOffset], of consumer: Consumer, within limit: Duration) throws(KafkaError) {
        guard let metadata = rd_kafka_consumer_group_metadata(consumer.handle.pointer) else {
            throw KafkaError(.configuration, .reject, in: "transaction offsets", "the consumer is in no group")
        }
        defer { rd_kafka_consumer_group_metadata_destroy(metadata) }
        let list = PartitionList(offsets)
        try retrying("transaction offsets", within: limit) { handle, milliseconds in
            rd_kafka_send_offsets_to_transaction(handle, list.pointer, metadata, milliseconds)
        }
    }

    private func commit(_ number: Int, within limit: Duration) throws(KafkaError) {
        do throws(KafkaError) {
            try onSame(number)
            try retrying("commit transaction", within: limit) { rd_kafka_commit_transaction($0, $1) }
        } catch {
            switch error.disposition {
            case .abortTransaction: try abort(number, within: limit)
            case .retry, .fatal, .reject: renew(number)  // the limit is over, or nobody knows
            }
            throw error
        }
    }

    /// Flushes first: `abort_transaction` right after produce was fatal in 8 of 10 runs on Kafka 3.9 and 4.3, after a flush in none
    /// (docs/kafka.md). A record that the broker refused leaves a gap in the handle's sequence numbers, of which the next transaction would die
    /// ("skipped sequence numbers"): the handle is replaced.
    private func abort(_ number: Int, within limit: Duration) throws(KafkaError) {
        do throws(KafkaError) {
            try onSame(number)
            try call { generation, _ in _ = rd_kafka_flush(generation.handle.pointer, limit.milliseconds) }
            try retrying("abort transaction", within: limit) { rd_kafka_abort_transaction($0, $1) }
        } catch {
            renew(number)
            throw error
        }
        if refusedInTransaction.load(ordering: .acquiring) { renew(number) }
    }

    private func onSame(_ number: Int) throws(KafkaError) {
        if state.withLock({ $0.generation.number }) != number {
            throw KafkaError(
                .replacing, .fatal, in: "transaction", "the handle failed in mid-transaction and was replaced: nothing was committed")
        }
    }

    private func renew(_ number: Int) {
        let isCurrent = state.withLock { $0.generation.number } == number
        if isCurrent { renewalWanted.store(number, ordering: .releasing) }
        let limit = ContinuousClock.now + configuration.kafka.requestTimeout
        while isCurrent, state.withLock({ $0.generation.number == number && $0.phase != .closed }), ContinuousClock.now < limit {
            OwnThread.sleep(.milliseconds(10))
        }
    }

    private func retrying(
        _ operation: StaticString, within limit: Duration, _ body: (OpaquePointer, Int32) -> OpaquePointer?
    ) throws(KafkaError) {
        let deadline = ContinuousClock.now + limit
        while true {
            let error: KafkaError? = try call { generation, _ in
                body(generation.handle.pointer, max(1, (deadline - .now).milliseconds)).map { KafkaError(consuming: $0, in: operation) }
            }
            guard let error else { return }
            guard error.disposition == .retry, ContinuousClock.now < deadline else { throw error }
        }
    }
}
