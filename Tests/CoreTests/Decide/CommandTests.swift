import Core
import TestSupport
import Testing

@Suite struct CommandTests {
    static let cancel = Command.cancel(reason: "enough")
    static let signal = Command.signal(name: "ok", value: [1])

    static func decide(_ command: Command, _ job: Job?) -> CommandDecision {
        Job.decide(
            CommandRecord(id: Story.id, operation: "demo.echo", time: Timestamp(milliseconds: 1), by: "ann", command: command), on: job)
    }

    @Test func commandsToAnOpenJob() {
        let job = Story.told { $0.start() }.job
        #expect(Self.decide(Self.cancel, job) == .append(attempt: 1, event: .cancelRequested(by: "ann", reason: "enough")))
        #expect(Self.decide(Self.signal, job) == .append(attempt: 1, event: .signalled(Signal(name: "ok", by: "ann", value: [1]))))
        #expect(Self.decide(.retry(attempt: 1, payload: nil), job) == .refuse(.notFailed(.running, attempt: 1)))
    }

    @Test func commandsToAFinalJob() {
        let failed = Story.told {
            $0.start(); $0.event(1, "w/1", CountingTests.fatal)
        }.job
        #expect(Self.decide(Self.cancel, failed) == .refuse(.final(.failed)))
        #expect(Self.decide(Self.signal, failed) == .refuse(.final(.failed)))
        #expect(
            Self.decide(.retry(attempt: 1, payload: Story.otherBody), failed)
                == .append(attempt: 1, event: .reopened(by: "ann", payload: Story.otherBody)))
        #expect(Self.decide(.retry(attempt: 2, payload: nil), failed) == .refuse(.notFailed(.failed, attempt: 1)))
        #expect(Self.decide(.retry(attempt: 0, payload: nil), failed) == .refuse(.notFailed(.failed, attempt: 1)))
    }

    @Test func commandsToNobody() {
        let orphan = Story.told(requested: false) { $0.start() }.job
        for command in [Self.cancel, Self.signal, .retry(attempt: 0, payload: nil)] {
            #expect(Self.decide(command, nil) == .refuse(.unknown))
            #expect(Self.decide(command, orphan) == .refuse(.unknown))
        }
        for command in [Command.stop(take: "w/1", reason: ""), .deliver(take: "w/1", signals: [])] {
            #expect(Self.decide(command, Story().job) == .refuse(.notOurs))
        }
    }

    /// A command decided twice by two owners counts once: its source and sequence are those of the command.
    @Test func aCommandDecidedTwiceCountsOnce() {
        var story = Story.told { $0.start() }
        let record = EventRecord(
            id: Story.id, attempt: 1, source: Origin.commands(partition: 4), sequence: 18, time: Timestamp(milliseconds: 1),
            event: .signalled(Signal(name: "ok")))
        story.fold(record)
        #expect(story.change.outcome == .counted)
        story.fold(record)
        #expect(story.change.outcome == .duplicate && story.job.signals.count == 1)
    }

    @Test func staleTakesAreStopped() {
        var story = Story.told { $0.start() }
        #expect(story.job.stop(take: "w/1") == nil)
        story.start(1, "v/1")
        #expect(story.job.stop(take: "w/1") == .stop(take: "w/1", reason: "another take holds attempt 1"))
        story.event(1, "v/1", .released(reason: ""))
        #expect(story.job.stop(take: "v/1") == .stop(take: "v/1", reason: "attempt 1 is closed"))
        story.decide(1, .expired(reason: ""))
        #expect(story.job.stop(take: "w/1") == .stop(take: "w/1", reason: "the job is EXPIRED"))
        #expect(Story.told(requested: false) { $0.start() }.job.stop(take: "w/1") == nil, "it cannot be told before the request is folded")
        #expect(Story.told { $0.start(1, "w/1", offset: 99) }.job.stop(take: "w/1") == nil)
    }

    @Test func signalsAreDeliveredToTheOpenTake() {
        var story = Story.told { $0.event(0, "commands-0", .signalled(Signal(name: "early"))) }
        #expect(story.job.delivery == nil)
        story.start()
        #expect(story.job.delivery == .deliver(take: "w/1", signals: [Signal(name: "early")]))
        story.fail()
        #expect(story.job.delivery == nil)
    }
}
