import Avro
import Core
import Events
import TestSupport
import Testing

/// Jobs of random histories survive being stored at any moment: the fold goes on from what was read back as if nothing had happened.
@Suite struct JobHistoryTests {
    @Test(arguments: 0..<4) func jobsSurviveTheStore(batch: Int) throws {
        var writer = AvroWriter(capacity: 512)
        for seed in UInt64(batch * 50)..<UInt64(batch * 50 + 50) {
            let history = RandomHistory(seed: seed)
            var last: Job?
            _ = history.folded(seed: seed, bias: 0.5) { job, _ in
                writer.removeAll()
                writer.writeJob(job)
                let read = try? Job(writer.span)
                #expect(read == job, "seed \(seed)")
                last = job
            }
            #expect(last != nil)
        }
    }
}
