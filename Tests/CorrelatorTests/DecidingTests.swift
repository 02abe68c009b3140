import Core
import Correlator
import Events
import Testing

/// Leases of a second and backoffs of a twentieth, so that what takes days takes a second.
private let quick = """
    {"attempts":2,"losses":2,"backoff":{"first":"PT0.05S","factor":1,"max":"PT0.05S","jitter":0},"lease":"PT1S","retention":"PT1H"}
    """

@Suite("Deciding", .timeLimit(.minutes(4)))
struct DecidingTests {
    @Test("a retryable failure comes again after the backoff; the last one is dead-lettered and answered")
    func retryAndDeadLetter() async throws {
        let site = try await Site(policy: quick)
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let id = Site.id()
        let partition = site.partition(of: id)
        let first = try await site.send(site.request(id, replyTo: "answers"))
        try await site.send(id, take: "w/1", 1, .started(offset: first, worker: "w"))
        try await site.send(id, take: "w/1", 2, .failed(Failure(code: "flaky", message: "again", retryable: true)))
        let retrying = try await site.job(id, correlator) { $0.status == .retrying }
        #expect(retrying.nextAttempt == 2 && retrying.failures == 1)
        _ = try await site.job(id, correlator) { $0.seenAttempt == 2 }
        let second = try #require(try site.records(site.names.requests(Site.operation), partition).last)
        try await site.send(id, take: "w/2", 1, attempt: 2, .started(offset: second.offset, worker: "w"))
        try await site.send(id, take: "w/2", 2, attempt: 2, .failed(Failure(code: "flaky", message: "still", retryable: true)))
        let failed = try await site.job(id, correlator) { $0.status.isFinal }
        #expect(failed.status == .failed && failed.failure?.code == "flaky" && failed.attempt == 2)
        #expect(try site.requests(partition).map(\.attempt) == [1, 2])
        #expect(await correlator.stop(within: .seconds(5)))
        // Dead letter and reply were sent before the end.
        let letters = try site.records(site.names.deadLetters(Site.operation), partition)
        #expect(letters.map(\.key) == [Array(id.text.utf8)])
        let answers = try site.events("answers", 0)
        #expect(answers.count == 1 && answers[0].id == id)
        if case .failed(let failure) = answers.first?.event {
            #expect(failure.code == "flaky")
        } else {
            Issue.record("no failure: \(answers)")
        }
        await site.end()
    }

    @Test("a silent worker loses its lease, a beating one keeps it; the zombie is told to stop")
    func leases() async throws {
        let site = try await Site(partitions: 1, policy: #"{"lease":"PT4S"}"#)
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let (silent, beating) = (Site.id(), Site.id())
        for (id, worker) in [(silent, "dead"), (beating, "alive")] {
            let offset = try await site.send(site.request(id))
            try await site.send(id, take: "\(worker)/1", 1, .started(offset: offset, worker: worker))
        }
        let beats = Task {
            while !Task.isCancelled {
                try await site.beat("alive", partition: 0)
                try await beat(.milliseconds(200))
            }
        }
        let lost = try await site.job(silent, correlator) { $0.losses == 1 && $0.seenAttempt == 2 }
        #expect(lost.status == .retrying && lost.attemptErrors.map(\.code) == [AttemptError.leaseExpired])
        // The zombie says that it lives: its take is not current.
        try await site.beat("dead", partition: 0)
        try await eventually {
            try site.commands(0).contains { record in
                if case .stop(let take, _) = record.command { take == "dead/1" } else { false }
            }
        }
        guard case .job(let kept) = correlator.lookup(beating) else { throw SiteError("gone") }
        #expect(kept.status == .running && kept.losses == 0)
        beats.cancel()
        await correlator.stop(within: .seconds(5))
        await site.end()
    }

    @Test("a deadline expires what nobody claimed; a clock alone decides nothing in a final job")
    func deadline() async throws {
        let site = try await Site(policy: quick)
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let id = Site.id()
        try await site.send(site.request(id, deadline: Site.now.advanced(milliseconds: 300)))
        let expired = try await site.job(id, correlator) { $0.status.isFinal }
        #expect(expired.status == .expired && expired.finishedAt.map { $0 >= expired.deadline! } == true)
        await correlator.stop(within: .seconds(5))
        await site.end()
    }

    @Test("cancel, signal and retry are decided once each; what changes nothing is refused")
    func commands() async throws {
        let site = try await Site(policy: "{}")  // no lease runs out beneath a slow test
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let (cancelled, waiting) = (Site.id(), Site.id())
        try await site.send(site.request(cancelled))
        try await site.send(.cancel(reason: "no more"), to: cancelled)
        let end = try await site.job(cancelled, correlator) { $0.status.isFinal }
        #expect(end.status == .cancelled && end.reason == "no more" && end.cancellation?.by == "test")
        let offset = try await site.send(site.request(waiting))
        try await site.send(waiting, take: "w/1", 1, .started(offset: offset, worker: "w"))
        try await site.send(waiting, take: "w/1", 2, .waiting(Waiting(name: "approval")))
        #expect(try await site.job(waiting, correlator) { $0.status == .waiting }.waitingFor == "approval")
        try await site.send(.signal(name: "approval", value: Array("true".utf8)), to: waiting)
        #expect(try await site.job(waiting, correlator) { $0.status == .running }.signals.map(\.name) == ["approval"])
        let partition = site.partition(of: waiting)
        try await eventually {
            try site.commands(partition).contains { record in
                if case .deliver(let take, let signals) = record.command { take == "w/1" && signals.count == 1 } else { false }
            }
        }
        try await site.send(waiting, take: "w/1", 3, .failed(Failure(code: "bad", message: "", retryable: false)))
        #expect(try await site.job(waiting, correlator) { $0.status.isFinal }.status == .failed)
        try await site.send(.retry(attempt: 1, payload: nil), to: waiting)
        let again = try await site.job(waiting, correlator) { $0.status == .retrying && $0.seenAttempt == 2 }
        #expect(again.attempt == 2 && again.reopens == 1)
        await correlator.stop(within: .seconds(5))
        await site.end()
    }

    @Test("a job whose retention is over is forgotten: purged, a tombstone behind it")
    func purge() async throws {
        let site = try await Site(policy: #"{"retention":"PT0.2S"}"#)
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let id = Site.id()
        let offset = try await site.send(site.request(id))
        try await site.send(id, take: "w/1", 1, .started(offset: offset, worker: "w"))
        try await site.send(id, take: "w/1", 2, .completed(payload: Payload(schema: site.responseSchema, bytes: Site.text("x"))))
        _ = try await site.job(id, correlator) { $0.status.isFinal }
        try await eventually { if case .purged = correlator.lookup(id) { true } else { false } }
        #expect(correlator.history(of: id) == nil && correlator.jobs(JobFilter(), limit: 10).jobs.isEmpty)
        await correlator.stop(within: .seconds(5))
        let last = try site.records(site.names.jobs, site.partition(of: id)).last { $0.key == Array(id.text.utf8) }
        #expect(last != nil && last?.value == nil)
        await site.end()
    }
}
