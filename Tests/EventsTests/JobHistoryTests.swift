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

    /// The view walks the record by hand: it must see what the generated decoder sees, and end where it ends.
    @Test(arguments: 0..<4) func viewsOfFoldedJobsTellWhatTheJobsDo(batch: Int) throws {
        let place = FoldedPlace(writer: "node/7", time: Timestamp(milliseconds: 1), offsets: ["a.requests": 3, "a.responses": 1 << 40])
        var writer = AvroWriter(capacity: 512)
        for seed in UInt64(batch * 25)..<UInt64(batch * 25 + 25) {
            let history = RandomHistory(seed: seed)
            var count = 0
            _ = history.folded(seed: seed, bias: 0.5) { job, _ in
                count += 1
                writer.removeAll()
                writer.writeFolded(job, place)
                Self.expect(job, place, in: writer.span, seed)
            }
            #expect(count > 0)
        }
        writer.removeAll()
        writer.writeFolded(JobTests.rich(), place)
        Self.expect(JobTests.rich(), place, in: writer.span, 0)
        for count in 0..<writer.count {
            #expect(throws: AvroError.self, "cut after \(count) bytes") { try FoldedView(writer.span.extracting(0..<count)) }
        }
        writer.removeAll()
        writer.writeMark(place)
        let mark = try FoldedView(writer.span)
        #expect(mark.id == nil && mark.stamp == nil && mark.request == nil)
        #expect(try mark.offsets(in: writer.span) == place.offsets)
    }

    private static func expect(_ job: Job, _ place: FoldedPlace, in record: RawSpan, _ seed: UInt64) {
        guard let view = try? FoldedView(record) else {
            Issue.record("seed \(seed): the view is refused")
            return
        }
        #expect(view.id == job.id, "seed \(seed)")
        #expect(view.stamp == JobStamp(job), "seed \(seed)")
        #expect(view.request?.offset == job.facts?.offset, "seed \(seed)")
        #expect(view.request?.operation.string(in: record) == job.facts?.operation, "seed \(seed)")
        #expect((try? view.offsets(in: record)) == place.offsets)
    }
}
