import Core
import Correlator
import Events
import Kafka
import KafkaTesting
import Telemetry
import Testing

@Suite("A backlog of open jobs", .timeLimit(.minutes(2)))
struct BacklogTests {
    @Test("it lies in the store beyond a bound for the node, and goes on from there")
    func isBoundedForTheNode() async throws {
        let site = try await Site()
        let metrics = Metrics()
        let correlator = try site.correlator {
            $0.metrics = metrics
            $0.limits.jobsInMemoryMax = 20
        }
        try await correlator.start()
        try await site.ready(correlator, owning: 2)
        let ids = (0..<200).map { _ in Site.id() }
        var offsets: [Int64] = []
        for outcome in await site.producer.send(ids.map { site.record(site.request($0)) }) {
            guard case .delivered(_, let offset, _) = outcome else { throw Undelivered() }
            offsets.append(offset)
        }
        for id in ids { try await eventually { correlator.history(of: id)?.map(\.type) == ["Request"] } }  // in the store
        // With a bound of 20 for each of the two partitions it would stay at 40.
        try await eventually { Self.jobsInMemory(metrics) <= 20 }

        let payload = Payload(schema: site.responseSchema, bytes: Site.text("done"))
        let events = ids.indices.flatMap { index in
            [
                site.record(ids[index], take: "w/\(index)", 1, .started(offset: offsets[index], worker: "w")),
                site.record(ids[index], take: "w/\(index)", 2, .completed(payload: payload)),
            ]
        }
        for case .failed(let error) in await site.producer.send(events) { throw error }
        for id in ids {
            let job = try await site.job(id, correlator) { $0.status.isFinal }
            #expect(job.result == payload)
            try await eventually { correlator.history(of: id)?.map(\.type) == ["Request", "Started", "Completed"] }
        }
        #expect(await correlator.stop(within: .seconds(10)))
        await site.end()
    }

    private struct Undelivered: Error {}

    private static func jobsInMemory(_ metrics: Metrics) -> Int {
        let line = metrics.exposition().split(separator: "\n").first { $0.hasPrefix("rejoinder_jobs_in_memory ") }
        return line.flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }.map { Int($0) } ?? .max
    }
}
