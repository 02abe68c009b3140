import Core
import Correlator
import Events
import Telemetry
import Testing

@Suite("What lies in the log", .timeLimit(.minutes(4)))
struct LogTests {
    @Test("events before their request are kept and join it")
    func eventsFirst() async throws {
        let site = try await Site()
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let id = Site.id()
        try await site.send(id, take: "w/1", 1, .started(offset: 0, worker: "w"))
        try await site.send(id, take: "w/1", 2, .completed(payload: Payload(schema: site.responseSchema, bytes: Site.text("early"))))
        // Folded to its end, and still nobody sees a job.
        #expect(await folded(correlator, .end(partition: site.partition(of: id))) == .passed)
        if case .absent = correlator.lookup(id) {} else { Issue.record("an orphan is visible") }
        try await site.send(site.request(id))
        let job = try await site.job(id, correlator) { $0.status.isFinal }
        #expect(job.status == .completed && job.result?.bytes == Site.text("early"))
        await correlator.stop(within: .seconds(5))
        await site.end()
    }

    @Test("a twin with another body never runs; one with the same body is the same job")
    func twins() async throws {
        let site = try await Site()
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let id = Site.id()
        try await site.send(site.request(id, text: "first"))
        let clash = try await site.send(site.request(id, text: "other"))
        let twin = try await site.send(site.request(id, text: "first"))
        try await site.send(id, take: "w/1", 1, .started(offset: clash, worker: "w"))
        try await site.send(id, take: "w/1", 2, .completed(payload: Payload(schema: site.responseSchema, bytes: Site.text("wrong"))))
        try await site.send(id, take: "w/2", 1, .started(offset: twin, worker: "w"))
        try await site.send(id, take: "w/2", 2, .completed(payload: Payload(schema: site.responseSchema, bytes: Site.text("right"))))
        let job = try await site.job(id, correlator) { $0.status.isFinal }
        #expect(job.result?.bytes == Site.text("right") && job.late == 2)
        var history: [HistoryEntry]? = []
        while (history?.count ?? 99) < 7 { history = correlator.history(of: id) }
        #expect(history?.filter { $0.type == "Request" }.map(\.outcome) == [.first, .clash, .twin])
        await correlator.stop(within: .seconds(5))
        await site.end()
    }

    @Test("a request in a wrong partition is published into the right one, once, and counted")
    func misplaced() async throws {
        let site = try await Site()
        let metrics = Metrics()
        let correlator = try site.correlator { $0.metrics = metrics }
        try await correlator.start()
        try await site.ready(correlator, owning: 2)
        let id = Site.id()
        try await site.send(site.request(id), partition: 1 - site.partition(of: id))
        let job = try await site.job(id, correlator) { _ in true }
        #expect(job.status == .accepted)
        #expect(try site.requests(site.partition(of: id)).map(\.id) == [id])
        await correlator.stop(within: .seconds(5))
        // Its offset was stored once the move was acknowledged: the next start moves nothing.
        let next = try site.correlator { $0.metrics = metrics }
        try await next.start()
        try await site.ready(next, owning: 2)
        #expect(try site.requests(site.partition(of: id)).map(\.id) == [id])
        #expect(metrics.exposition().contains("rejoinder_records_misplaced_total 1"))
        await next.stop(within: .seconds(5))
        await site.end()
    }

    @Test("garbage is set aside with its offset and counted, and the partition moves on")
    func garbage() async throws {
        let site = try await Site()
        let metrics = Metrics()
        let correlator = try site.correlator {
            $0.metrics = metrics
            $0.logger = .none
        }
        try await correlator.start()
        try await site.ready(correlator)
        let id = Site.id()
        let partition = site.partition(of: id)
        let broken: [[UInt8]] = [
            [], [1, 2, 3], [0, 0, 0, 0, 9, 1],
            [0] + (0..<4).map { UInt8(truncatingIfNeeded: site.requestSchema >> (24 - 8 * $0)) } + [0xff, 0xff],
        ]
        var offsets: [Int64] = []
        for value in broken { offsets.append(try await site.send(site.names.requests(Site.operation), partition, id, value)) }
        try await site.send(site.request(id))
        _ = try await site.job(id, correlator) { _ in true }
        var aside: [SetAsideRecord] = []
        while aside.count < broken.count { aside = correlator.setAside(limit: 10) }
        #expect(
            aside.map(\.offset) == offsets
                && aside.allSatisfy { $0.partition == partition && $0.topic == site.names.requests(Site.operation) })
        #expect(aside.allSatisfy { !$0.detail.isEmpty })
        #expect(metrics.exposition().contains("rejoinder_records_set_aside_total \(broken.count)"))
        await correlator.stop(within: .seconds(5))
        await site.end()
    }

    @Test("an id that nobody sent is unknown once the fold has passed the end; a place in the log is waited for")
    func waits() async throws {
        let site = try await Site()
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let id = Site.id()
        let partition = site.partition(of: id)
        #expect(await folded(correlator, .end(partition: partition)) == .passed)
        let topic = correlator.requestsTopic(of: Site.operation)
        #expect(await folded(correlator, .request(topic: topic, partition: partition, offset: 0), within: .milliseconds(100)) == .timedOut)
        async let waited = folded(correlator, .request(topic: topic, partition: partition, offset: 0))
        try await site.send(site.request(id))
        #expect(await waited == .passed)
        if case .job = correlator.lookup(id) {} else { Issue.record("not folded") }
        #expect(await folded(correlator, .end(partition: 99)) == .notOwned)
        await correlator.stop(within: .seconds(5))
        await site.end()
    }
}

func folded(_ correlator: Correlator, _ target: FoldTarget, within limit: Duration = .seconds(20)) async -> FoldedAnswer {
    await withCheckedContinuation { continuation in
        correlator.whenFolded(target, within: limit) { continuation.resume(returning: $0) }
    }
}
