internal import CRdKafka
internal import Telemetry

extension Consumer {
    /// Commits these offsets (the next ones to read) and answers on the polling thread, or on the closing one.
    ///
    /// An answer needs polls. `rebalancing`, `illegalGeneration` and `unknownMember` mean: the group has moved on, the partitions may be
    /// another member's.
    public func commit(_ offsets: [TopicPartitionOffset], completion: @escaping @Sendable (KafkaError?) -> Void) {
        let number = commits.begin(completion)
        let code = send(offsets, number, queue)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { commits.end(number, KafkaError(code, in: "commit"), proves: false) }
    }

    /// Commits and waits, on a thread of the caller's own; also inside of `RebalanceHandler.revoked`. Needs no polls.
    public func commitAndWait(_ offsets: [TopicPartitionOffset], within limit: Duration = .seconds(10)) throws(KafkaError) {
        guard !offsets.isEmpty else { return }
        let own = rd_kafka_queue_new(handle.pointer)
        defer { rd_kafka_queue_destroy(own) }
        let answer = Commits.Answer()
        let number = commits.begin { answer.set($0) }
        let code = send(offsets, number, own)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { commits.end(number, KafkaError(code, in: "commit"), proves: false) }
        let deadline = ContinuousClock.now + limit
        while !answer.isSet, ContinuousClock.now < deadline { rd_kafka_queue_poll_callback(own, 50) }
        if !answer.isSet {
            commits.end(
                number, KafkaError(.timedOut, .retry, in: "commit", "the coordinator did not answer within \(limit)"), proves: false)
        }
        if let error = answer.error { throw error }
    }

    /// Commits and suspends until the answer. Needs no polls.
    public func commit(_ offsets: [TopicPartitionOffset], within limit: Duration = .seconds(10)) async throws(KafkaError) {
        guard !offsets.isEmpty else { return }
        try await OwnThread.blocking("kafka-commit") { () throws(KafkaError) in try self.commitAndWait(offsets, within: limit) }
    }

    /// When the last commit that succeeded was sent. The group's coordinator checks a commit against the generation and counts it as a
    /// heartbeat, so at that instant this member still was one; nil: no commit has succeeded.
    public var membershipProof: ContinuousClock.Instant? { commits.state.withLock { $0.proof } }

    /// A commit's number travels as its opaque: an answer that comes after the end finds nobody.
    private func send(_ offsets: [TopicPartitionOffset], _ number: Int, _ queue: OpaquePointer?) -> rd_kafka_resp_err_t {
        let list = PartitionList(offsets)
        let ticket = Unmanaged.passRetained(Commits.Ticket(commits, number))
        let code = rd_kafka_commit_queue(
            handle.pointer, list.pointer, queue,
            { _, code, list, opaque in
                guard let opaque else { return }
                let ticket = Unmanaged<Commits.Ticket>.fromOpaque(opaque).takeRetainedValue()
                ticket.commits.answered(ticket.number, code, list)
            }, ticket.toOpaque())
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { ticket.release() }
        return code
    }
}

extension Commits {
    /// Holds the table for C. One that is never answered is lost with its handle (48 bytes).
    final class Ticket: Sendable {
        let commits: Commits
        let number: Int
        init(_ commits: Commits, _ number: Int) {
            self.commits = commits
            self.number = number
        }
    }

    /// The answer to a commit that a thread waits for.
    final class Answer: Sendable {
        private let value = Locked<KafkaError??>(nil)
        func set(_ error: KafkaError?) { value.withLock { $0 = .some(error) } }
        var isSet: Bool { value.withLock { $0 != nil } }
        var error: KafkaError? { value.withLock { $0 ?? nil } }
    }

    func answered(_ number: Int, _ code: rd_kafka_resp_err_t, _ list: UnsafePointer<rd_kafka_topic_partition_list_t>?) {
        var code = code
        var place = ""
        if code == RD_KAFKA_RESP_ERR_NO_ERROR, let list {
            for index in 0..<Int(list.pointee.cnt) where list.pointee.elems[index].err != RD_KAFKA_RESP_ERR_NO_ERROR {
                code = list.pointee.elems[index].err
                place = "\(String(cString: list.pointee.elems[index].topic))/\(list.pointee.elems[index].partition)"
            }
        }
        end(number, code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(code, in: "commit", detail: place), proves: true)
    }
}
