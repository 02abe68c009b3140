import Core
@testable import Correlator
import Events
import Glibc
import Kafka
import KafkaTesting
import Store
import Telemetry
import Testing

@Suite("A fold from nothing", .timeLimit(.minutes(4)))
struct FoldFromNothingTests {
    /// All requests lie before all events, so that a reader who took both as they come would hold every job open; and the bounds are small,
    /// so that jobs go to the store in many pieces while others go on.
    @Test("it comes to the same jobs as the node that saw them happen, in small pieces, its topics read side by side")
    func likeTheNodeThatSawIt() async throws {
        let site = try await Site()
        let live = try site.correlator { $0.timings.session = .seconds(3) }
        try await live.start()
        try await site.ready(live, owning: 2)
        let ids = (0..<400).map { _ in Site.id() }
        let requests = await site.producer.send(ids.map { site.record(site.request($0)) })
        let offsets = requests.map { outcome -> Int64 in if case .delivered(_, let offset, _) = outcome { offset } else { -1 } }
        #expect(offsets.allSatisfy { $0 >= 0 })
        let payload = Payload(schema: site.responseSchema, bytes: Site.text("done"))
        var events: [Record] = []
        for (index, id) in ids.enumerated() {
            let take = "w/\(index)"
            events.append(site.record(id, take: take, 1, .started(offset: offsets[index], worker: "w")))
            if index % 7 == 0 { events.append(site.record(id, take: take, 2, .part(index: 0, payload: payload))) }
            switch index % 10 {
            case 9: break  // goes on
            case 8: events.append(site.record(id, take: take, 3, .failed(Failure(code: "no", message: "no", retryable: false))))
            default: events.append(site.record(id, take: take, 3, .completed(payload: payload)))
            }
        }
        // Behind everything, when their jobs have long gone to the store: too late to count, and noted all the same.
        let late = ids.indices.filter { $0 % 20 == 0 }
        for index in late {
            events.append(site.record(ids[index], take: "late/\(index)", 1, .started(offset: offsets[index], worker: "late")))
        }
        #expect(await site.producer.send(events).allSatisfy { if case .delivered = $0 { true } else { false } })
        var seen: [Job] = []
        for (index, id) in ids.enumerated() {
            seen.append(
                try await site.job(id, live) {
                    ($0.status.isFinal || index % 10 == 9 && $0.status == .running) && $0.late == (late.contains(index) ? 1 : 0)
                })
        }
        #expect(await live.stop(within: .seconds(10)))

        let metrics = Metrics()
        let again = try site.correlator(node: "b") {
            $0.metrics = metrics
            $0.limits.jobsCatchingUpMax = 40
            $0.limits.eventsPerCommitCatchingUpMax = 40
            $0.limits.recordsPerBatchCatchingUpMax = 25
        }
        try await again.start()
        try await site.ready(again, owning: 2)
        for (index, job) in seen.enumerated() {
            guard case .job(let found) = again.lookup(job.id) else {
                Issue.record("job \(index) is not there")
                continue
            }
            #expect(found == job, "job \(index)")
            #expect(again.parts(of: job.id, after: -1, limit: 10)?.count == (index % 7 == 0 ? 1 : 0), "job \(index)")
            let types = again.history(of: job.id)?.map(\.type)
            var expected = ["Request", "Started"] + (index % 7 == 0 ? ["Part"] : [])
            if index % 10 != 9 { expected.append(index % 10 == 8 ? "Failed" : "Completed") }
            if late.contains(index) { expected.append("Started") }
            #expect(types == expected, "job \(index)")
        }
        let text = metrics.exposition()
        #expect(!text.contains("rejoinder_catch_up_rests_total 0"), "no topic rested")
        #expect(await again.stop(within: .seconds(10)))
        await site.end()
    }

    /// Only the whole fold knows from `rejoinder.jobs` what was purged and which effects were had: a part of it is no place to go on from.
    @Test("it stores no offsets before its end, whatever it has written")
    func offsetsComeLast() async throws {
        let site = try await Site()
        let store = try Store(path: "\(site.folder)/alone", mapSize: 64 << 20, tables: JobTables.names, layout: JobTables.layout)
        let environment = Partition.Environment(
            node: "a", names: site.names, tables: try JobTables(store), policies: Policies([:]), limits: CorrelatorLimits(),
            timings: CorrelatorTimings(), metrics: CorrelatorMetrics(Metrics()), logger: .none)
        let writer = FinishedWriter(environment)
        let partition = Partition(number: 0, count: 1, instance: 1, start: "x", environment: environment)
        partition.fromNothing = FoldFromNothing(writer: writer)
        let topics = [site.names.requests(Site.operation), site.names.responses(Site.operation)]
        partition.add(Track(topic: topics[0], kind: .requests(operation: Site.operation), position: 0, goal: 2, known: 2), index: 0)
        partition.add(Track(topic: topics[1], kind: .responses(operation: Site.operation), position: 0, goal: 2, known: 2), index: 1)
        let (over, open) = (Site.id(), Site.id())
        for (offset, id) in [over, open].enumerated() {
            partition.fold(site.request(id), track: 0, offset: Int64(offset), appendedAt: Site.now)
            partition.tracks[0].position = Int64(offset + 1)
        }
        let payload = Payload(schema: site.responseSchema, bytes: Site.text("done"))
        for (index, event) in [Event.started(offset: 0, worker: "w"), .completed(payload: payload)].enumerated() {
            partition.fold(
                EventRecord(id: over, attempt: 1, source: "w/1", sequence: Int64(index + 1), time: Site.now, event: event), track: 1,
                offset: Int64(index))
            partition.tracks[1].position = Int64(index + 1)
        }
        let finished = try #require(partition.takeFinished())
        #expect(finished.entries.map(\.job.id) == [over] && partition.uncommitted.map(\.job.id) == [open])
        writer.write([finished])
        // An event that comes after all finds the job, on its way or arrived.
        #expect(partition.find(over)?.job.status == .completed)
        try writer.wait()
        try partition.commit()
        _ = partition.committed()
        #expect(environment.tables.offsets(0).isEmpty)
        #expect(environment.tables.job(0, over)?.job.status == .completed && environment.tables.job(0, open)?.job.status == .accepted)
        partition.isCaughtUp = true
        try partition.commit()
        #expect(environment.tables.offsets(0) == [topics[0]: 2, topics[1]: 2])
        try store.close()
        await site.end()
    }

    @Test("what went wrong with the writing is thrown, not lost")
    func aWriteThatFails() async throws {
        let site = try await Site()
        let store = try Store(path: "\(site.folder)/closed", mapSize: 64 << 20, tables: JobTables.names, layout: JobTables.layout)
        let environment = Partition.Environment(
            node: "a", names: site.names, tables: try JobTables(store), policies: Policies([:]), limits: CorrelatorLimits(),
            timings: CorrelatorTimings(), metrics: CorrelatorMetrics(Metrics()), logger: .none)
        let writer = FinishedWriter(environment)
        try store.close()
        writer.write([FinishedJobs(partition: 0, [Entry(Job(id: Site.id()), now: 0)])])
        #expect(throws: StoreError.self) { try writer.wait() }
        try writer.wait()  // told once
        await site.end()
    }

    /// While `rejoinder.jobs` is read alone nothing else is folded: membership must be proved all the same, else the node gives its partitions
    /// up after a session, and begins anew without end.
    @Test("a restoration that lasts longer than a session goes on")
    func restorationLongerThanASession() async throws {
        let site = try await Site()
        // The mock cluster lets the next one wait for the end of this one's session, and forgets whom it lets wait for longer than his own.
        let first = try site.correlator { $0.timings.session = .seconds(3) }
        try await first.start()
        try await site.ready(first, owning: 2)
        let ids = (0..<10).map { _ in Site.id() }
        _ = await site.producer.send(ids.map { site.record(site.request($0)) })
        for id in ids { _ = try await site.job(id, first) { _ in true } }
        // Until both partitions have something of it.
        try await eventually { try site.records(site.names.jobs, 0).count > 0 && site.records(site.names.jobs, 1).count > 0 }
        await first.stop(within: .seconds(5))

        let metrics = Metrics()
        let session = Duration.seconds(6)
        let second = try site.correlator(node: "b") {
            $0.metrics = metrics
            $0.timings.session = session
            $0.timings.proofMargin = .milliseconds(500)
        }
        try await second.start()
        // From now on fetches are answered late: those of the two tables beside it, and the first ones of the correlator.
        try site.cluster.push(nil, after: .seconds(7), count: 8, to: .fetch, broker: 1)
        try await eventually { second.readiness.owned.count == 2 }
        let began = ContinuousClock.now
        try await site.ready(second, owning: 2)
        #expect(ContinuousClock.now - began > session, "the fetches were not late: this run shows nothing")
        for id in ids { if case .job = second.lookup(id) {} else { Issue.record("a job is not there") } }
        #expect(metrics.exposition().contains("rejoinder_partitions_given_up_total 0"))
        await second.stop(within: .seconds(5))
        await site.end()
    }
}
