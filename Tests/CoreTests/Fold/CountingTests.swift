import Core
import TestSupport
import Testing

/// What counts from whom, decisions and their fences, ends, reopening.
@Suite struct CountingTests {
    static let progress = Event.progress(Progress(fraction: 0.5, message: "half"))
    static let retryable = Event.failed(Failure(code: "again", message: "", retryable: true))
    static let fatal = Event.failed(Failure(code: "no", message: "not this"))

    static let ofCurrentTakesOnly: [Event] = [
        progress, .part(index: 0, payload: Story.answer), .checkpoint(Checkpoint(value: [1])), .waiting(Waiting(name: "ok")),
        .released(reason: ""), retryable,
    ]
    static let ofAnyBoundTake: [(Event, JobStatus)] = [
        (.completed(payload: Story.answer), .completed), (.cancelled(reason: ""), .cancelled), (fatal, .failed),
    ]

    @Test(arguments: ofCurrentTakesOnly) func countsFromTheCurrentTake(event: Event) {
        let story = Story.told {
            $0.start(); $0.event(1, "w/1", event)
        }
        #expect(story.change.outcome == .counted)
    }

    @Test(arguments: ofCurrentTakesOnly) func doesNotCountFromAFormerTake(event: Event) {
        var story = Story.told {
            $0.start(); $0.start(1, "v/1")
        }
        let before = story.job
        story.event(1, "w/1", event)
        #expect(story.change.outcome == .late && story.job.version == before.version && story.job.phase == .open && story.job.late == 1)
    }

    @Test(arguments: ofCurrentTakesOnly) func doesNotCountOnceTheAttemptIsClosed(event: Event) {
        var story = Story.told {
            $0.start(); $0.decide(1, .leaseExpired(take: "w/1", worker: "w", lastSeen: Timestamp(milliseconds: 1)))
        }
        let before = story.job
        story.event(1, "w/1", event)
        #expect(story.change.outcome == .late && story.job.version == before.version && story.job.failures == 0)
    }

    @Test(arguments: ofAnyBoundTake) func endsFromAFormerTake(event: Event, status: JobStatus) {
        let story = Story.told {
            $0.start(); $0.start(1, "v/1"); $0.event(1, "w/1", event)
        }
        #expect(story.job.status == status && story.change.effects.contains(.final))
    }

    @Test(arguments: ofAnyBoundTake) func endsAfterALostLease(event: Event, status: JobStatus) {
        let story = Story.told {
            $0.start()
            $0.decide(1, .leaseExpired(take: "w/1", worker: "w", lastSeen: Timestamp(milliseconds: 1)))
            $0.event(1, "w/1", event)
        }
        #expect(story.job.status == status && story.job.losses == 1)
    }

    @Test(arguments: ofAnyBoundTake) func endsAfterARetryWasScheduled(event: Event, status: JobStatus) {
        let story = Story.told {
            $0.start()
            $0.start(1, "v/1")
            $0.fail(1, "v/1")
            $0.decide(1, .retryScheduled(attempt: 2, at: Timestamp(milliseconds: 5_000), reason: ""))
            $0.event(1, "w/1", event)
        }
        #expect(story.job.status == status)
    }

    @Test(arguments: ofAnyBoundTake) func doesNotEndFromAnUnboundTake(event: Event, _: JobStatus) {
        let story = Story.told {
            $0.start(); $0.event(1, "x/1", event)
        }
        #expect(story.job.status == .running && story.change.outcome == .late)
    }

    @Test(arguments: ofAnyBoundTake) func doesNotEndFromAnEarlierAttempt(event: Event, _: JobStatus) {
        let story = Story.told {
            $0.start(); $0.start(2, "v/1", offset: 12); $0.event(1, "w/1", event)
        }
        #expect(story.job.status == .running && story.change.outcome == .late)
        let claimed = Story.told {
            $0.start(); $0.start(2, "v/1", offset: 12); $0.event(2, "w/1", event)
        }
        #expect(claimed.job.status == .running, "a take is bound in its own attempt only")
    }

    static let ends: [Event] = [
        .completed(payload: Story.answer), .cancelled(reason: "x"), fatal, .expired(reason: "x"),
        .deadLettered(reason: "x", failures: 1, losses: 1), progress, retryable,
        .started(offset: 10, worker: "w"), .signalled(Signal(name: "a")), .cancelRequested(by: "", reason: ""), .released(reason: ""),
        .retryScheduled(attempt: 2, at: Timestamp(milliseconds: 0), reason: ""),
        .leaseExpired(take: "w/1", worker: "", lastSeen: Timestamp(milliseconds: 0)),
        .reopened(by: "", payload: nil), .waiting(Waiting(name: "a")), .part(index: 3, payload: Story.answer),
        .checkpoint(Checkpoint(value: [])),
    ]

    @Test(arguments: ends) func theFirstFinalEventWins(later: Event) {
        var story = Story.told {
            $0.start(); $0.event(1, "w/1", .completed(payload: Story.answer))
        }
        let (before, late) = (story.job, story.job.late)
        for source in ["w/1", "correlator/c1", "v/1"] { story.event(1, source, later) }
        #expect(story.job.late == late + 3)
        #expect(
            story.job.status == .completed && story.job.version == before.version && story.job.result == Story.answer
                && story.job.error == nil)
        #expect(story.job.payload == nil && story.job.updatedAt == before.updatedAt && story.job.finishedAt == before.finishedAt)
    }

    /// Each decision counts only in its phase, and only on the current attempt.
    @Test(arguments: [
        (Event.retryScheduled(attempt: 2, at: Timestamp(milliseconds: 7), reason: ""), [JobPhase.failed]),
        (.leaseExpired(take: "w/1", worker: "", lastSeen: Timestamp(milliseconds: 0)), [.open]),
        (.deadLettered(reason: "x", failures: 3, losses: 0), [.failed, .closed]), (.expired(reason: "x"), [.new, .open, .failed, .closed]),
        (.cancelled(reason: "x"), [.new, .open, .failed, .closed]),
    ]) func decisionsAreFenced(decision: Event, phases: [JobPhase]) {
        let stories: [(JobPhase, Story)] = [
            (.new, Story()), (.open, Story.told { $0.start() }),
            (
                .failed,
                Story.told {
                    $0.start(); $0.fail()
                }
            ),
            (
                .closed,
                Story.told {
                    $0.start(); $0.event(1, "w/1", .released(reason: ""))
                }
            ),
        ]
        for (phase, story) in stories {
            #expect(story.job.phase == phase)
            var told = story
            told.decide(told.job.attempt, decision)
            #expect((told.change.outcome == .counted) == phases.contains(phase), "\(decision.name) in \(phase)")
            var fenced = story
            for attempt in [fenced.job.attempt - 1, fenced.job.attempt + 1] { fenced.decide(attempt, decision) }
            #expect(fenced.job.phase == phase && fenced.job.late == 2, "\(decision.name) in \(phase), another attempt")
        }
    }

    @Test func aLostLeaseNamesTheTake() {
        let story = Story.told {
            $0.start(); $0.start(1, "v/1"); $0.decide(1, .leaseExpired(take: "w/1", worker: "w", lastSeen: Timestamp(milliseconds: 0)))
        }
        #expect(story.job.phase == .open && story.job.losses == 0 && story.change.outcome == .late)
    }

    @Test func aCancelledOfNeitherTakeNorCorrelatorIsNothing() {
        let story = Story.told {
            $0.start(); $0.event(1, "commands-0", .cancelled(reason: ""))
        }
        #expect(story.job.status == .running)
    }

    @Test func failuresAndRetries() {
        var story = Story.told {
            $0.start(); $0.fail()
        }
        #expect(story.job.status == .running && story.job.phase == .failed && story.job.failures == 1 && story.job.error?.code == "again")
        story.decide(1, .retryScheduled(attempt: 2, at: Timestamp(milliseconds: 7_777), reason: "again"))
        #expect(
            story.job.status == .retrying && story.job.nextAttempt == 2 && story.job.nextAt.milliseconds == 7_777
                && story.job.error?.code == "again")
        story.start(2, "v/1", offset: 20)
        #expect(story.job.status == .running && story.job.error == nil && story.job.attemptErrors.map(\.attempt) == [1])
        story.fail(2, "v/1")
        story.decide(2, .deadLettered(reason: "failed 2 times", failures: 2, losses: 0))
        #expect(
            story.job.status == .failed && story.job.error?.code == "again" && story.job.attemptErrors.count == 2
                && story.job.payload == Story.body)
        #expect(story.change.effects.contains(.deadLettered) && story.job.reason == "failed 2 times")
    }

    @Test func attemptErrorsAreBounded() {
        let story = Story.told {
            for attempt in 1...50 {
                $0.start(attempt, "w/\(attempt)", offset: Int64(9 + attempt))
                $0.fail(attempt, "w/\(attempt)")
            }
        }
        #expect(
            story.job.attemptErrors.count == Job.attemptErrorsMax && story.job.attemptErrors.last?.attempt == 50 && story.job.failures == 50
        )
    }

    @Test func signalsAndWaiting() {
        var story = Story.told {
            $0.start(); $0.event(1, "w/1", .waiting(Waiting(name: "approval", message: "please")))
        }
        #expect(story.job.status == .waiting && story.job.waitingFor == "approval" && story.change.effects == [.visible, .status])
        story.event(1, "commands-0", .signalled(Signal(name: "other")))
        #expect(story.job.status == .waiting && story.change.effects == [.signalled])
        story.event(1, "commands-0", .signalled(Signal(name: "approval", by: "ann", value: [1])))
        #expect(story.job.status == .running && story.job.waitingFor == nil && story.change.effects == [.visible, .status, .signalled])
        #expect(
            story.job.delivery == .deliver(take: "w/1", signals: [Signal(name: "other"), Signal(name: "approval", by: "ann", value: [1])]))
        let version = story.job.version
        story.event(1, "w/1", .waiting(Waiting(name: "approval")))
        #expect(story.job.status == .running && story.job.version == version, "the signal came first")
        story.event(1, "w/1", .waiting(Waiting(name: "third")))
        story.event(1, "w/1", Self.progress)
        #expect(story.job.status == .running && story.job.waiting == nil)
    }

    @Test func onlyWhatAClientSeesCounts() {
        var story = Story.told {
            $0.start(); $0.event(1, "w/1", Self.progress)
        }
        #expect(story.job.version == 2)
        story.event(1, "w/1", Self.progress)
        story.event(1, "w/1", .checkpoint(Checkpoint(step: "a", value: [1])))
        story.event(1, "w/1", .checkpoint(Checkpoint(step: "a", value: [2])))
        story.event(1, "commands-0", .cancelRequested(by: "ann", reason: "enough"))
        #expect(story.job.version == 2 && story.job.checkpoints == [Checkpoint(step: "a", value: [2])])
        #expect(story.change.effects == [.cancelRequested] && story.job.cancellation?.by == "ann")
        story.event(1, "w/1", .part(index: 4, payload: Story.answer))
        #expect(story.job.version == 3 && story.job.parts == 5)
        story.event(1, "w/1", .part(index: -1, payload: Story.answer))
        story.event(1, "w/1", .part(index: .max, payload: Story.answer))
        #expect(story.job.version == 3 && story.job.parts == 5)
    }

    @Test func anOperatorsRetryBeginsAnew() {
        var story = Story.told(requested: false) {
            $0.request(deadline: Timestamp(milliseconds: 9_000))
            $0.start()
            $0.event(1, "commands-0", .cancelRequested(by: "", reason: ""))
            $0.event(1, "commands-0", .signalled(Signal(name: "a")))
            $0.event(1, "w/1", .part(index: 0, payload: Story.answer))
            $0.event(1, "w/1", Self.fatal)
        }
        #expect(story.job.status == .failed && story.job.payload == Story.body && story.job.deadline?.milliseconds == 9_000)
        let version = story.job.version
        story.event(2, "commands-0", .reopened(by: "op", payload: nil))
        #expect(story.change.outcome == .late, "decided on another attempt")
        story.event(1, "commands-0", .reopened(by: "op", payload: Story.otherBody))
        let job = story.job
        #expect(
            job.status == .retrying && job.phase == .closed && job.attempt == 2 && job.nextAttempt == 2 && job.version == version + 1
                && job.reopens == 1)
        #expect(
            job.failures == 0 && job.losses == 0 && job.deadline == nil && job.cancellation == nil && job.signals.isEmpty && job.parts == 0)
        #expect(job.error == nil && job.finishedAt == nil && job.startedAt == nil && job.worker.isEmpty && job.payload == Story.otherBody)
        story.event(1, "w/1", .completed(payload: Story.answer))
        #expect(story.job.status == .retrying, "it supersedes what was before")
        story.start(2, "v/1", offset: 30)
        story.event(2, "v/1", .completed(payload: Story.answer))
        #expect(story.job.status == .completed)
    }

    @Test func anOperatorsRetryForgetsFailuresAndLosses() {
        let story = Story.told {
            $0.start()
            $0.fail()
            $0.start(2, "w/2", offset: 20)
            $0.decide(2, .leaseExpired(take: "w/2", worker: "w", lastSeen: Timestamp(milliseconds: 0)))
            $0.decide(2, .deadLettered(reason: "enough", failures: 1, losses: 1))
            #expect($0.job.failures == 1 && $0.job.losses == 1 && $0.job.status == .failed)
            $0.event(2, "commands-0", .reopened(by: "", payload: nil))
        }
        #expect(story.job.failures == 0 && story.job.losses == 0 && story.job.attemptErrors.isEmpty && story.job.reason.isEmpty)
    }

    @Test func aRetryIsAboveEveryAttemptPublished() {
        let story = Story.told {
            $0.start()
            $0.start(1, "v/1")
            $0.fail(1, "v/1")
            $0.decide(1, .retryScheduled(attempt: 2, at: Timestamp(milliseconds: 1), reason: ""))
            $0.event(1, "w/1", Self.fatal)
            $0.event(1, "commands-0", .reopened(by: "", payload: nil))
        }
        #expect(story.job.attempt == 3, "attempt 2 may have been published")
    }

    @Test func openTakesAreRemembered() {
        var story = Story.told {
            $0.start(); $0.start(1, "v/1"); $0.start(1, "v/2", offset: 99)
        }
        story.request(99)
        #expect(story.job.openTakes(of: "v") == ["v/1", "v/2"] && story.job.openTakes(of: "w") == ["w/1"])
        #expect(story.job.stop(take: "v/1") == nil && story.job.stop(take: "w/1") != nil && story.job.stop(take: "v/2") != nil)
        story.event(1, "w/1", .released(reason: "stopped"))
        #expect(story.job.openTakes(of: "w").isEmpty && story.change.outcome == .late)
        story.event(1, "v/1", .completed(payload: Story.answer))
        #expect(story.job.openTakes(of: "v") == ["v/2"] && story.job.stop(take: "v/2") != nil)
    }
}
