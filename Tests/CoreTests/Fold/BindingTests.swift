import Core
import TestSupport
import Testing

/// Duplicates, facts, binding, kept events.
@Suite struct BindingTests {
    @Test func aRequestIsAccepted() {
        let story = Story()
        #expect(story.change == Change(.first, [.visible, .status]))
        #expect(story.job.status == .accepted && story.job.version == 0 && story.job.attempt == 0)
        #expect(story.job.createdAt.milliseconds == 400 && story.job.updatedAt.milliseconds == 400)
        #expect(story.job.request(attempt: 2)?.attempt == 2 && story.job.request(attempt: 2)?.payload == Story.body)
    }

    @Test func aSequenceCountsOnce() {
        var story = Story.told { $0.start() }
        let job = story.job
        for sequence in [Int64(0), 1, -5] {
            story.fold(
                EventRecord(
                    id: Story.id, attempt: 1, source: "w/1", sequence: sequence, time: Timestamp(milliseconds: 9),
                    event: .completed(payload: Story.answer)))
            #expect(story.change.outcome == .duplicate)
            #expect(story.job == job)
        }
    }

    @Test func theFirstRecordGivesTheFacts() {
        var story = Story()
        story.request(11, payload: Story.otherBody)
        #expect(story.change.outcome == .clash)
        story.request(12)
        #expect(story.change.outcome == .twin)
        story.request(13, attempt: 2, payload: Story.otherBody)
        #expect(story.change.outcome == .attempt)
        #expect(story.job.payload == Story.body && story.job.facts?.offset == 10 && story.job.seenAttempt == 2 && story.job.clashes == [11])
        let job = story.job
        story.request(11, payload: Story.otherBody)
        story.request(10)
        #expect(story.job == job, "folding a record again changes nothing")
    }

    @Test func theFirstStartedBinds() {
        let story = Story.told { $0.start() }
        #expect(story.change.outcome == .counted && story.change.effects == [.visible, .status, .take])
        #expect(
            story.job.status == .running && story.job.take == "w/1" && story.job.worker == "w" && story.job.boundOffset == 10
                && story.job.version == 1)
    }

    @Test func theSameRecordTakesOver() {
        let story = Story.told {
            $0.start(); $0.start(1, "v/1")
        }
        #expect(story.job.take == "v/1" && story.job.worker == "v" && story.job.version == 2)
        #expect(story.change.effects == [.visible, .take])
    }

    @Test func anotherRecordDoesNot() {
        var story = Story.told {
            $0.request(11); $0.start(); $0.start(1, "v/1", offset: 11)
        }
        #expect(story.change.outcome == .late && story.job.take == "w/1" && story.job.late == 1)
        story.event(1, "v/1", .completed(payload: Story.answer))
        #expect(story.change.outcome == .late && story.job.status == .running, "what a take says that did not bind counts for nothing")
    }

    @Test func aRecordWithAnotherBodyNeverBinds() {
        let story = Story.told {
            $0.request(11, payload: Story.otherBody); $0.start(1, "v/1", offset: 11); $0.event(1, "v/1", .completed(payload: Story.answer))
        }
        #expect(story.job.status == .accepted && story.job.attempt == 0 && story.job.late == 2)
    }

    @Test func aTwinWithTheSameBodyMayBind() {
        let story = Story.told {
            $0.request(11); $0.start(1, "v/1", offset: 11)
        }
        #expect(story.job.boundOffset == 11 && story.job.status == .running)
    }

    @Test func aStartedOfAttemptOneWaitsForItsRecord() {
        var story = Story.told {
            $0.start(1, "v/1", offset: 11); $0.event(1, "v/1", .progress(Progress(fraction: 0.5)))
        }
        #expect(story.change.outcome == .kept && story.job.kept.count == 2 && story.job.awaitedRecord == 11 && story.job.version == 0)
        story.request(11, payload: Story.otherBody)
        #expect(story.job.kept.isEmpty && story.job.status == .accepted && story.change.unkept.map(\.outcome) == [.late, .late])
    }

    @Test func eventsBeforeTheirRequestAreKept() {
        var story = Story.told(requested: false) {
            $0.start(); $0.event(1, "w/1", .part(index: 0, payload: Story.answer)); $0.event(1, "w/1", .completed(payload: Story.answer))
        }
        #expect(story.change.outcome == .kept && !story.job.isVisible && story.job.isOrphan)
        story.fold(
            EventRecord(
                id: Story.id, attempt: 1, source: "w/1", sequence: 2, time: Timestamp(milliseconds: 1), event: .released(reason: "")))
        #expect(story.change.outcome == .duplicate && story.job.kept.count == 3)
        story.request()
        #expect(story.job.status == .completed && story.job.version == 3 && story.job.parts == 1 && story.job.kept.isEmpty)
        #expect(
            story.change.outcome == .first && story.change.effects == [.visible, .status, .take, .part, .final]
                && story.change.unkept.count == 3)
    }

    @Test func aRecordThatNeverCameIsNotWaitedForAgain() {
        var story = Story.told { $0.start(1, "v/1", offset: 99) }
        var job = story.job
        #expect(job.fold(passed: 98).outcome == .duplicate && job == story.job)
        let change = job.fold(passed: 99)
        #expect(change.unkept.count == 1 && job.status == .running && job.awaitedRecord == nil)
        story.request(100)
        #expect(story.job.status == .running, "the same once a later record is folded")
    }

    @Test func aLaterAttemptSupersedes() {
        var story = Story.told {
            $0.start(); $0.start(2, "v/1", offset: 20)
        }
        #expect(story.job.attempt == 2 && story.job.take == "v/1")
        story.event(1, "w/1", .completed(payload: Story.answer))
        #expect(story.change.outcome == .late && story.job.status == .running)
        story.start(1, "u/1")
        #expect(story.change.outcome == .late && story.job.take == "v/1")
    }

    @Test(arguments: [0, -1, Int.min]) func aStartedOfNoAttemptChangesNothing(attempt: Int) {
        let story = Story.told { $0.start(attempt) }
        #expect(story.change.outcome == .late && story.job.status == .accepted)
    }

    /// An attempt is open until it failed, lost its lease, was handed back or ended.
    @Test(arguments: [
        Event.failed(Failure(code: "again", message: "", retryable: true)),
        .leaseExpired(take: "w/1", worker: "w", lastSeen: Timestamp(milliseconds: 1)),
        .released(reason: ""), .completed(payload: Story.answer), .failed(Failure(code: "no", message: "")), .cancelled(reason: ""),
    ]) func aStartedOfAClosedAttemptChangesNothing(closing: Event) {
        var story = Story.told { $0.start() }
        story.event(1, { if case .leaseExpired = closing { "correlator/1" } else { "w/1" } }(), closing)
        #expect(story.change.outcome == .counted)
        let status = story.job.status
        story.start(1, "v/1")
        #expect(story.change.outcome == .late && story.job.take == "w/1" && story.job.status == status)
    }
}
