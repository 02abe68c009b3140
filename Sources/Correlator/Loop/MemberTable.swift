internal import Core
internal import Events
internal import Kafka
internal import Telemetry

/// Who owns which partition, as `rejoinder.members` says: the last claim in the log wins.
final class MemberTable: Sendable {
    private struct State {
        var owners: [Int32: Member] = [:]
        /// Behind the last record that was read.
        var position: Int64 = 0
    }

    private let state = Locked(State())
    private let topic: String
    private let onChange: @Sendable (Int32, Member?) -> Void

    init(topic: String, onChange: @escaping @Sendable (Int32, Member?) -> Void) {
        self.topic = topic
        self.onChange = onChange
    }

    func apply(_ record: TableRecord) {
        let number = Member.partition(key: record.key.span.bytes)
        let member = record.value.flatMap { try? Member($0.span.bytes) }
        state.withLock { state in
            state.position = record.offset + 1
            if let number { state.owners[number] = member }
        }
        if let number { onChange(number, member) }
    }

    func owner(of partition: Int32) -> Member? { state.withLock { $0.owners[partition] } }

    /// Waits until every claim that lies in the log now has been read. Blocks.
    func catchUp(_ consumer: Consumer, within limit: Duration) throws(KafkaError) {
        let deadline = Clocks.monotonic + limit.wholeMilliseconds
        guard let end = try consumer.endOffsets(of: [TopicPartition(topic, 0)], timeout: limit).first?.offset else { return }
        while state.withLock({ $0.position }) < end {
            guard Clocks.monotonic < deadline else {
                throw KafkaError(.timedOut, .retry, in: "read members", "the end of \(topic) was not reached within \(limit)")
            }
            OwnThread.sleep(.milliseconds(5))
        }
    }
}
