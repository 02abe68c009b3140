import Core
import Correlator
import Events
import Store
import Testing

@Suite("Verifying", .timeLimit(.minutes(4)))
struct VerifierTests {
    @Test("a store agrees with a fresh fold; a job that was meddled with is listed")
    func verify() async throws {
        let site = try await Site()
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator, owning: 2)
        var ids: [RequestID] = []
        for index in 0..<20 {
            let id = Site.id()
            ids.append(id)
            let offset = try await site.send(site.request(id))
            guard index % 2 == 0 else { continue }
            try await site.send(id, take: "w/\(index)", 1, .started(offset: offset, worker: "w"))
            try await site.send(id, take: "w/\(index)", 2, .completed(payload: Payload(schema: site.responseSchema, bytes: Site.text("x"))))
        }
        for partition in [Int32(0), 1] { #expect(await folded(correlator, .end(partition: partition)) == .passed) }
        await correlator.stop(within: .seconds(5))
        let settings = site.configuration()
        let clean = try await Verifier(settings, book: SchemaBook(site.catalogue)).run()
        #expect(clean.isClean && clean.compared == 20 && clean.partitions == [0, 1], "\(clean.differences.map(\.detail))")
        // One row gone, as a fault of the store would have it.
        let store = try Store(path: settings.folder, tables: ["jobs"])
        try store.write { transaction throws(StoreError) in
            guard let key = try transaction.snapshot.firstKey(store.table("jobs")) else { return }
            try transaction.delete(store.table("jobs"), key.span.bytes)
        }
        try store.close()
        let broken = try await Verifier(settings, book: SchemaBook(site.catalogue)).run()
        #expect(broken.differenceCount == 1 && broken.compared == 19)
        #expect(broken.differences.first.map { ids.contains($0.id) && $0.stored == nil && $0.folded != nil } == true)
        await site.end()
    }
}
