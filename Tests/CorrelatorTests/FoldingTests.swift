import Core
import Correlator
import Events
import Testing

@Suite("Folding and deciding", .timeLimit(.minutes(4)))
struct FoldingTests {
    @Test("a job's life is seen step by step, with parts and history")
    func life() async throws {
        let site = try await Site()
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let id = Site.id()
        let offset = try await site.send(site.request(id))
        let accepted = try await site.job(id, correlator) { _ in true }
        #expect(accepted.status == .accepted && accepted.version == 0)
        try await site.send(id, take: "w/1", 1, .started(offset: offset, worker: "w"))
        #expect(try await site.job(id, correlator) { $0.status == .running }.worker == "w")
        try await site.send(id, take: "w/1", 2, .part(index: 0, payload: Payload(schema: site.responseSchema, bytes: Site.text("part"))))
        try await site.send(id, take: "w/1", 3, .completed(payload: Payload(schema: site.responseSchema, bytes: Site.text("done"))))
        let done = try await site.job(id, correlator) { $0.status.isFinal }
        #expect(done.status == .completed && done.result?.bytes == Site.text("done") && done.parts == 1)
        #expect(correlator.typicalDuration(of: Site.operation)?.samples == 1)
        // The rows follow with the store's commit.
        var parts: [PartEntry]? = []
        while parts?.isEmpty == true { parts = correlator.parts(of: id, after: -1, limit: 10) }
        #expect(parts?.map(\.payload.bytes) == [Site.text("part")])
        var history: [HistoryEntry]? = []
        while (history?.count ?? 9) < 4 { history = correlator.history(of: id) }
        #expect(history?.map(\.type) == ["Request", "Started", "Part", "Completed"])
        #expect(history?.allSatisfy { $0.partition == site.partition(of: id) } == true)
        #expect(correlator.jobs(JobFilter(operation: Site.operation, status: .completed), limit: 10).jobs.map(\.id) == [id])
        #expect(correlator.jobs(JobFilter(status: .running), limit: 10).jobs.isEmpty)
        #expect(await correlator.stop(within: .seconds(5)))
        await site.end()
    }
}
