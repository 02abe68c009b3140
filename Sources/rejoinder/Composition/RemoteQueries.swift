import Core
import Events
import Gateway
import Kafka
import Telemetry

/// What a gateway without a correlator knows: which node owns which partition, from `rejoinder.members`.
final class RemoteQueries: Gateway::JobQueries {
    private let owners: Owners
    private let table: CompactedTable
    private let partitions: Int

    private final class Owners: Sendable {
        let addresses = Locked<[Int32: String]>([:])
    }

    /// Starts to read the topic; `close` must be called.
    init(_ kafka: KafkaConfiguration, names: TopicNames, partitions: Int, logger: Logger) throws(KafkaError) {
        let owners = Owners()
        self.owners = owners
        self.partitions = partitions
        table = try CompactedTable(topic: names.members, kafka) { record in
            guard let number = Member.partition(key: record.key.span.bytes) else { return }
            let member = record.value.flatMap { try? Member($0.span.bytes) }
            owners.addresses.withLock { $0[number] = member?.address }
        }
    }

    func close() async { await table.close() }

    var addresses: [String] { Array(Set(owners.addresses.withLock { $0.values })).filter { !$0.isEmpty }.sorted() }

    func lookup(_ id: RequestID) -> JobAnswer { .elsewhere }

    func observe(_ id: RequestID, _ onChange: @escaping @Sendable (Job?) -> Void) -> (now: JobAnswer, observation: any JobObservation) {
        (.elsewhere, NoObservation())
    }

    func whenFolded(
        operation: String, partition: Int32, past offset: Int64, within limit: Duration, _ done: @escaping @Sendable (Bool) -> Void
    ) { done(false) }

    func whenFoldedToEnd(of id: RequestID, within limit: Duration, _ done: @escaping @Sendable (Bool) -> Void) { done(false) }

    func jobs(_ filter: JobFilter) -> JobPage { JobPage(jobs: [], next: nil) }

    func parts(of id: RequestID, after: Int, limit: Int) -> [JobPart]? { nil }

    func history(of id: RequestID) -> [HistoryEntry]? { nil }

    func owner(of id: RequestID) -> PartitionOwner {
        let address = owners.addresses.withLock { $0[partition(of: id, count: partitions)] }
        guard let address, !address.isEmpty else { return .nobody }
        return .node(address: address)
    }

    func typicalDuration(of operation: String) -> Duration? { nil }

    func notReadyReason() -> String? { nil }
}
