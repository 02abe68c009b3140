import Avro
import Core
import Events
import Testing

@Suite("Jobs as they are kept")
struct JobTests {
    @Test("a job with every field set comes back whole, from a store and from rejoinder.jobs", arguments: [false, true])
    func roundTrip(isFolded: Bool) throws {
        let job = Self.rich()
        var writer = AvroWriter()
        if isFolded {
            let place = FoldedPlace(writer: "node-1", time: Samples.time, offsets: ["reports.generate.requests": 7, "x": 0])
            writer.writeFolded(job, place)
            let record = try FoldedRecord(writer.span)
            #expect(record.place == place)
            #expect(record.content == .job(job))
            writer.removeAll()
            writer.writeMark(place)
            #expect(try FoldedRecord(writer.span).content == .mark)
        } else {
            writer.writeJob(job)
            #expect(try Job(writer.span) == job)
        }
    }

    @Test("the codec writes exactly what the schema says: the generated coder writes the same bytes again")
    func sameBytes() throws {
        var writer = AvroWriter()
        writer.writeJob(Self.rich())
        let body = writer.span.extracting(5..<writer.count)
        let wire = try Wire.Job(decoding: body)
        var again = AvroWriter()
        wire.encode(to: &again, source: body)
        #expect(again.bytes == Array(writer.bytes[5...]))
    }

    @Test("an orphan's kept events come back")
    func orphans() throws {
        var job = Job(id: Samples.id)
        for (index, event) in Samples.events(schema: 77).enumerated() {
            job.kept.append(
                EventRecord(id: Samples.id, attempt: 1, source: "w/1", sequence: Int64(index + 1), time: Samples.time, event: event))
        }
        var writer = AvroWriter()
        writer.writeJob(job)
        #expect(try Job(writer.span) == job)
    }

    static func rich() -> Job {
        var job = Job(id: Samples.id)
        job.facts = JobFacts(Samples.request(schema: 9), offset: 41, appendedAt: Samples.time)
        job.payload = Payload(schema: .max >> 1, bytes: [1])
        job.status = .failed
        job.version = 12
        job.attempt = 3
        job.worker = "host/1"
        job.progress = Progress(fraction: 0.5, message: "m", completed: 2, total: 4, unit: "u")
        job.waiting = Waiting(name: "w", until: Samples.time, message: "m")
        job.result = Payload(schema: 4, bytes: [7, 7])
        job.failure = Failure(
            code: "c", message: "m", retryable: true, details: .declared(type: "E", branch: 2, payload: Payload(schema: 4, bytes: [8])))
        job.attemptErrors = [AttemptError(attempt: 1, worker: "w", time: Samples.time, code: "c", message: "m")]
        job.parts = 5
        job.deadline = Timestamp(milliseconds: 5)
        job.updatedAt = Timestamp(milliseconds: 6)
        job.startedAt = Timestamp(milliseconds: 7)
        job.finishedAt = Timestamp(milliseconds: 8)
        job.reason = "because"
        job.cancellation = CancelRequest(by: "me", reason: "r", time: Samples.time)
        job.phase = .closed
        job.take = "host/1/9"
        job.boundOffset = 42
        job.attemptStartedAt = Timestamp(milliseconds: 9)
        job.failures = 2
        job.losses = 1
        job.nextAttempt = 4
        job.nextAt = Timestamp(milliseconds: 10)
        job.attemptTop = 6
        job.reopens = 1
        job.signals = [Signal(name: "s", by: "b", value: [49])]
        job.checkpoints = [Checkpoint(step: "", value: [50]), Checkpoint(step: "x", value: [])]
        job.seenAttempt = 3
        job.newestRecordAt = Timestamp(milliseconds: 11)
        job.lastRecordOffset = 43
        job.isStartable = true
        job.clashes = [44, 45]
        job.sources = [JobSource(name: "host/1/9", sequence: 4, attempt: 3, openAttempt: 3)]
        job.kept = [EventRecord(id: Samples.id, attempt: 1, source: "x", sequence: 1, time: Samples.time, event: .released(reason: "r"))]
        job.late = 2
        return job
    }
}
