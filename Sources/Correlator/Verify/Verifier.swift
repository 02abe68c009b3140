internal import Avro
internal import Core
public import Events
internal import Glibc
internal import Kafka
internal import Store
internal import Telemetry

/// Compares a node's store, a running one's too, with a fresh fold of the topics up to the offsets that the store has.
///
/// The store is copied first (which holds up nobody), so the comparison needs the disk space of two stores. Nothing is written anywhere else.
public struct Verifier: Sendable {
    /// The most differences that a report lists.
    public static let differencesMax = 1_000

    private let configuration: CorrelatorConfiguration
    private let book: SchemaBook

    /// - Parameters:
    ///   - configuration: that of the node whose store it is; of it the Kafka, the names, the folder and the limits are used.
    ///   - book: must know the schemas of `rejoinder.schemas`.
    public init(_ configuration: CorrelatorConfiguration, book: SchemaBook) {
        self.configuration = configuration
        self.book = book
    }

    /// Runs on a thread of its own. Throws when the store cannot be opened, or Kafka not be read.
    public func run() async throws(CorrelatorFailure) -> VerificationReport {
        let verifier = self
        let count = try await partitionCount()
        let result = await OwnThread.blocking("verify") { () -> Result<VerificationReport, CorrelatorFailure> in
            do throws(CorrelatorFailure) {
                return .success(try verifier.runBlocking(count))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func partitionCount() async throws(CorrelatorFailure) -> Int {
        do throws(KafkaError) {
            let admin = try Admin(configuration.kafka)
            let found = try await admin.metadata(topic: configuration.topics.commands, within: .seconds(10))
            await admin.close()
            guard let count = found.topic(configuration.topics.commands)?.partitions.count, count > 0 else {
                throw KafkaError(.unknownTopic, .reject, in: "verify", "there is no topic \(configuration.topics.commands)")
            }
            return count
        } catch {
            throw CorrelatorFailure(error.description)
        }
    }

    private func runBlocking(_ count: Int) throws(CorrelatorFailure) -> VerificationReport {
        var template = Array("\(configuration.folder)-verify-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw CorrelatorFailure("no folder can be made beside \(configuration.folder)") }
        let work = String(cString: made)
        defer { Self.remove(work) }
        let (copy, fresh) = try stores(work)
        defer {
            try? copy.close()
            try? fresh.close()
        }
        let stored: JobTables
        let folded: JobTables
        do throws(StoreError) {
            stored = try JobTables(copy)
            folded = try JobTables(fresh)
        } catch {
            throw CorrelatorFailure(error.description)
        }
        return try compare(stored, folded, count)
    }

    private func stores(_ work: String) throws(CorrelatorFailure) -> (copy: Store, fresh: Store) {
        do throws(StoreError) {
            let original = try Store(readingFrom: configuration.folder, tables: JobTables.names, layout: JobTables.layout)
            try original.compactCopy(to: work + "/copy")
            try original.close()
            return (
                try Store(readingFrom: work + "/copy", tables: JobTables.names, layout: JobTables.layout),
                try Store(
                    path: work + "/fresh", mapSize: configuration.limits.storeBytesMax, tables: JobTables.names, layout: JobTables.layout)
            )
        } catch {
            throw CorrelatorFailure(error.description)
        }
    }

    private func compare(_ stored: JobTables, _ fresh: JobTables, _ count: Int) throws(CorrelatorFailure) -> VerificationReport {
        var report = VerificationReport()
        report.partitions = stored.partitions
        for number in report.partitions {
            let begins: [String: Int64]
            do throws(KafkaError) {
                begins = try fold(number, of: count, upTo: stored.foldedOffsets(number), into: fresh, &report)
            } catch {
                throw CorrelatorFailure(error.description)
            }
            var comparison = Comparison(stored: stored, fresh: fresh, partition: number, names: configuration.topics, begins: begins)
            comparison.run(&report)
        }
        return report
    }

    /// Folds a partition's topics from their starts; the first offsets that they have.
    private func fold(
        _ number: Int32, of count: Int, upTo offsets: [String: Int64], into fresh: JobTables, _ report: inout VerificationReport
    ) throws(KafkaError) -> [String: Int64] {
        let fold = try FreshFold(configuration, number, of: count, offsets: offsets, tables: fresh, book: book)
        defer { fold.close() }
        try fold.run()
        report.records += fold.records
        return fold.begins
    }

    private static func remove(_ folder: String) {
        for part in ["copy", "fresh"] {
            for file in ["data.mdb", "lock.mdb", "state", "owner"] { unlink("\(folder)/\(part)/\(file)") }
            rmdir("\(folder)/\(part)")
        }
        rmdir(folder)
    }
}
