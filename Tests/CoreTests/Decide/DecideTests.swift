import Core
import TestSupport
import Testing

/// What is due, and when to ask again.
@Suite struct DecideTests {
    static let policy = Policy(
        attempts: 2, losses: 2, backoff: Backoff(first: .seconds(1), factor: 2, max: .seconds(60), jitter: 0), lease: .seconds(10),
        retention: .seconds(100),
        grace: .seconds(5))

    static func at(
        _ now: Int64, lease: Duration = .zero, cancel: Duration = .zero, retention: Duration? = .seconds(100), policy: Policy = policy
    ) -> Circumstances {
        Circumstances(now: Timestamp(milliseconds: now), leaseAge: lease, cancelAge: cancel, policy: policy, requestRetention: retention)
    }

    static func wake(_ job: Job, policy: Policy = policy, retention: Duration? = .seconds(100)) -> Wake {
        job.wake(policy: policy, requestRetention: retention)
    }

    @Test func nothingIsDueForAFreshJob() {
        #expect(Story().job.decide(Self.at(600)) == nil)
        #expect(Self.wake(Story().job) == Wake(at: Timestamp(milliseconds: 500 + 90_000)))
        #expect(Self.wake(Story().job, retention: nil) == Wake())
    }

    @Test func whatNobodyTakesIsPublishedAgain() {
        var story = Story()
        #expect(story.job.decide(Self.at(90_499)) == nil)
        #expect(story.job.decide(Self.at(90_500)) == .publish(attempt: 1))
        #expect(story.job.decide(Self.at(90_500, retention: nil)) == nil)
        story.request(77, appendedAt: 90_600)
        #expect(story.job.decide(Self.at(90_700)) == nil, "its newest record is young again")
        #expect(story.job.decide(Self.at(180_600)) == .publish(attempt: 1))
    }

    @Test func aDeadlineExpires() {
        let story = Story.told(requested: false) { $0.request(deadline: Timestamp(milliseconds: 9_000)) }
        #expect(story.job.decide(Self.at(8_999)) == nil && Self.wake(story.job).at?.milliseconds == 9_000)
        #expect(story.job.decide(Self.at(9_000)) == .append(attempt: 0, event: .expired(reason: "never claimed by a worker")))
        var policy = Self.policy
        policy.deadline = .seconds(2)
        #expect(Story().job.decide(Self.at(2_399, policy: policy)) == nil, "the policy's deadline counts from creation")
        #expect(Story().job.decide(Self.at(2_400, policy: policy)) != nil)
        #expect(story.job.decide(Self.at(2_400, policy: policy)) == nil, "the request's own deadline goes first")
    }

    @Test func aLeaseExpires() {
        let story = Story.told { $0.start() }
        #expect(
            story.job.decide(Self.at(50_000, lease: .milliseconds(9_999))) == nil && Self.wake(story.job) == Wake(leaseAge: .seconds(10)))
        #expect(
            story.job.decide(Self.at(50_000, lease: .seconds(10)))
                == .append(attempt: 1, event: .leaseExpired(take: "w/1", worker: "w", lastSeen: Timestamp(milliseconds: 40_000))))
    }

    @Test func failuresComeAgainAndThenDie() {
        var story = Story.told {
            $0.start(); $0.fail()
        }
        #expect(
            story.job.decide(Self.at(5_000))
                == .append(attempt: 1, event: .retryScheduled(attempt: 2, at: Timestamp(milliseconds: 6_000), reason: "again")))
        #expect(Self.wake(story.job).at?.milliseconds == .min)
        story.decide(1, .retryScheduled(attempt: 2, at: Timestamp(milliseconds: 6_000), reason: ""))
        #expect(story.job.decide(Self.at(5_999)) == nil && story.job.decide(Self.at(6_000)) == .publish(attempt: 2))
        story.request(20, attempt: 2, appendedAt: 6_100)
        #expect(story.job.decide(Self.at(6_200)) == nil, "its record was seen")
        #expect(story.job.decide(Self.at(96_100)) == .publish(attempt: 2), "nobody took it")
        story.start(2, "w/2", offset: 20)
        story.fail(2, "w/2")
        #expect(
            story.job.decide(Self.at(7_000)) == .append(attempt: 2, event: .deadLettered(reason: "failed 2 times", failures: 2, losses: 0)))
    }

    @Test func lossesComeAgainAtOnceAndThenDie() {
        var story = Story.told {
            $0.start(); $0.decide(1, .leaseExpired(take: "w/1", worker: "w", lastSeen: Timestamp(milliseconds: 0)))
        }
        #expect(story.job.decide(Self.at(story.job.nextAt.milliseconds)) == .publish(attempt: 2))
        story.start(2, "v/1", offset: 20)
        story.decide(2, .leaseExpired(take: "v/1", worker: "v", lastSeen: Timestamp(milliseconds: 0)))
        #expect(
            story.job.decide(Self.at(2_000)) == .append(attempt: 2, event: .deadLettered(reason: "lost 2 leases", failures: 0, losses: 2)))
        story.decide(2, .deadLettered(reason: "lost 2 leases", failures: 0, losses: 2))
        #expect(story.job.error?.code == "lease-expired" && story.job.status == .failed)
    }

    @Test func releasedIsNoLoss() {
        let story = Story.told {
            for attempt in 1...9 {
                $0.start(attempt, "w/\(attempt)", offset: 10 + Int64(attempt)); $0.request(10 + Int64(attempt), attempt: attempt);
                $0.event(attempt, "w/\(attempt)", .released(reason: ""))
            }
        }
        #expect(story.job.losses == 0 && story.job.failures == 0 && story.job.decide(Self.at(90_000)) == .publish(attempt: 10))
    }

    @Test func whatIsNotOpenIsCancelledAtOnce() {
        let cancel = Event.cancelRequested(by: "ann", reason: "enough")
        let due = { (attempt: Int) in Decision.append(attempt: attempt, event: .cancelled(reason: "enough")) }
        var story = Story.told { $0.event(0, "commands-0", cancel) }
        #expect(story.job.decide(Self.at(600)) == due(0) && Self.wake(story.job).at?.milliseconds == .min)
        story = Story.told {
            $0.start(); $0.event(1, "commands-0", cancel)
        }
        #expect(
            story.job.decide(Self.at(600, cancel: .milliseconds(4_999))) == nil
                && story.job.decide(Self.at(600, cancel: .seconds(5))) == due(1))
        #expect(Self.wake(story.job) == Wake(leaseAge: .seconds(10), cancelAge: .seconds(5)))
        story.fail()
        #expect(story.job.decide(Self.at(600)) == due(1))
    }

    @Test func aDelayedStart() {
        var story = Story.told(requested: false) { $0.request(notBefore: Timestamp(milliseconds: 200_000)) }
        #expect(story.job.decide(Self.at(199_999)) == nil && Self.wake(story.job).at?.milliseconds == 200_000)
        #expect(story.job.decide(Self.at(200_000)) == .publish(attempt: 1) && story.job.request(attempt: 1)?.notBefore == nil)
        story.request(11, appendedAt: 200_100)
        #expect(story.job.decide(Self.at(200_200)) == nil && story.change.outcome == .twin)
        story.start(1, "w/1", offset: 11)
        #expect(story.job.status == .running)
    }

    @Test func finalJobsArePurged() {
        var story = Story.told {
            $0.start(); $0.event(1, "w/1", .completed(payload: Story.answer))
        }
        let end = story.job.finishedAt?.milliseconds ?? 0
        #expect(story.job.decide(Self.at(end + 99_999)) == nil && story.job.decide(Self.at(end + 100_000)) == .purge)
        #expect(Self.wake(story.job).at?.milliseconds == end + 100_000)
        story = Story.told(requested: false) { $0.start() }
        let kept = story.job.kept.last?.time.milliseconds ?? 0
        #expect(
            story.job.decide(Self.at(kept + 99_999)) == nil && story.job.decide(Self.at(kept + 100_000)) == .purge,
            "an orphan's request never came")
        #expect(Job(id: Story.id).decide(Self.at(1 << 60)) == nil)
    }

    @Test(arguments: [(1, Int64(1_000)), (2, 2_000), (3, 4_000), (7, 60_000), (1_000_000, 60_000), (0, 1_000), (-5, 1_000)])
    func backoffs(failures: Int, milliseconds: Int64) {
        let backoff = Backoff(jitter: 0)
        #expect(backoff.wait(failures: failures, id: Story.id, attempt: 1).milliseconds == milliseconds)
        let moved = Backoff().wait(failures: failures, id: Story.id, attempt: 1).milliseconds
        #expect(moved >= milliseconds * 8 / 10 && moved <= milliseconds * 12 / 10)
        #expect(moved == Backoff().wait(failures: failures, id: Story.id, attempt: 1).milliseconds)
    }

    @Test func jitterSpreads() {
        let waits = Set((0..<100).map { Backoff().wait(failures: 1, id: RequestID(high: 1, low: UInt64($0)), attempt: 1) })
        #expect(waits.count > 80)
        #expect(Set((0..<100).map { Backoff().wait(failures: 1, id: Story.id, attempt: $0) }).count > 80)
    }

    @Test(arguments: [
        Backoff(first: .seconds(1), factor: .nan, max: .seconds(9)),
        Backoff(first: .seconds(-4), factor: -1, max: .seconds(-1), jitter: .nan),
        Backoff(first: .seconds(Int64.max), factor: .infinity, max: .seconds(Int64.max), jitter: 9),
        Backoff(first: .zero, factor: 1e300, max: .seconds(1)),
    ])
    func strangeBackoffsAreTotal(backoff: Backoff) {
        for failures in [0, 1, 2, Int.max] { #expect(backoff.wait(failures: failures, id: Story.id, attempt: .max) >= .zero) }
    }
}
