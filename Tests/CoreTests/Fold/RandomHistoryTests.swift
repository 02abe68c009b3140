import Core
import TestSupport
import Testing

/// Histories that no sane system would write: the fold is total, and its promises hold.
@Suite struct RandomHistoryTests {
    @Test(arguments: 0..<4) func promisesHold(batch: Int) {
        for seed in UInt64(batch * 250)..<UInt64(batch * 250 + 250) { check(seed) }
    }

    private func check(_ seed: UInt64) {
        let history = RandomHistory(seed: seed)
        var last = Job(id: Story.id)
        let job = history.folded(seed: seed, bias: 0.5) { job, change in
            #expect(job.version >= last.version, "seed \(seed): versions never go back")
            if job != last { #expect(JobStamp(job) != JobStamp(last), "seed \(seed): every change changes the stamp") }
            if change.outcome == .duplicate { #expect(job == last, "seed \(seed): a duplicate changes nothing") }
            if job.version == last.version, last.isVisible { #expect(view(job) == view(last), "seed \(seed): one version shows one state") }
            #expect(change.isVisible == (job.version > last.version || job.isVisible != last.isVisible), "seed \(seed)")
            if last.status.isFinal, job.reopens == last.reopens {
                #expect(job.status == last.status, "seed \(seed): the first final event wins")
            }
            if job.reopens > last.reopens, change.unkept.isEmpty { #expect(last.status == .failed, "seed \(seed): only FAILED is left") }
            #expect(job.status.isFinal == (job.phase == .ended), "seed \(seed)")
            for circumstance in [Int64.min, 0, 60, .max] {
                let circumstances = DecideTests.at(
                    circumstance, lease: .milliseconds(max(circumstance, 0)), cancel: .milliseconds(max(circumstance, 0)))
                let wake = job.wake(policy: circumstances.policy, requestRetention: circumstances.requestRetention)
                let isDue =
                    wake.at.map { circumstances.now >= $0 } ?? false || wake.leaseAge.map { circumstances.leaseAge >= $0 } ?? false
                    || wake.cancelAge.map { circumstances.cancelAge >= $0 } ?? false
                #expect((job.decide(circumstances) != nil) == isDue, "seed \(seed): \(wake) at \(circumstance)")
            }
            last = job
        }
        for (bias, twice) in [(0.1, false), (0.9, false), (0.5, true), (1, true), (0, false)] {
            let other = history.folded(seed: seed &+ 1, bias: bias, twice: twice)
            #expect(other == job, "seed \(seed): another interleaving, bias \(bias), twice \(twice)")
        }
    }

    private func view(_ job: Job) -> [String] {
        [
            "\(job.status)", "\(job.attempt)", job.worker, "\(String(describing: job.progress))", "\(String(describing: job.waiting))",
            "\(String(describing: job.result))",
            "\(String(describing: job.error))", "\(job.parts)", "\(job.updatedAt)", "\(String(describing: job.startedAt))",
            "\(String(describing: job.finishedAt))",
            "\(String(describing: job.deadline))",
        ]
    }
}
