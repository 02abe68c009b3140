public import Avro
public import Core

/// What a fold from nothing wants to know of a record of `rejoinder.jobs`: whose it is and what it is of. The whole record is walked and
/// validated, and nothing is copied; who needs the job itself reads a `FoldedRecord`.
public struct FoldedView: Sendable {
    /// The job's id; nil: a checkpoint.
    public let id: RequestID?
    /// How far the job is folded; nil of a checkpoint.
    public let stamp: JobStamp?
    /// The offset of the job's request and the name of its operation, a slice of the record; nil while its request has not come, and of a
    /// checkpoint.
    public let request: (offset: Int64, operation: Slice)?
    private let places: AvroMap<Int64>

    /// Reads and validates a record's value, written with our schema.
    public init(_ record: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        try EnvelopeCodec.expect(EnvelopeCodec.folded, record)
        var reader = try EnvelopeCodec.body(of: record, limits: limits)
        _ = try reader.readString()
        try reader.skipLong()
        places = try AvroMap<Int64>(from: &reader)
        if try reader.readBranch(2) == 0 {
            let text = try reader.readString()
            guard let id = RequestID(text: text.bytes(in: record)) else { throw IDFault.error(text) }
            self.id = id
            request = try reader.readBranch(2) == 0 ? nil : Self.request(&reader)
            stamp = try Self.stamp(&reader)
        } else {
            try Wire.Mark.skip(&reader)
            id = nil
            request = nil
            stamp = nil
        }
        try reader.finish()
    }

    /// Whether a record that was written with our schema is of this writer: only its head is looked at, nothing behind it is validated.
    public static func isWritten(_ record: RawSpan, by writer: [UInt8]) throws(AvroError) -> Bool {
        try EnvelopeCodec.expect(EnvelopeCodec.folded, record)
        var reader = try EnvelopeCodec.body(of: record, limits: .standard)
        let name = try reader.readString()
        return name.bytes(in: record).withUnsafeBytes { $0.elementsEqual(writer) }
    }

    /// By topic: the offset that is folded next.
    public func offsets(in record: RawSpan) throws(AvroError) -> [String: Int64] {
        var offsets: [String: Int64] = [:]
        try places.forEach(in: record) { topic, offset throws(AvroError) in offsets[topic.string(in: record)] = offset }
        return offsets
    }

    // The fields of `Wire.JobFacts` and, behind its facts, of `Wire.Job`, in their order; a test compares with the generated decoder.

    private static func request(_ reader: inout AvroReader) throws(AvroError) -> (offset: Int64, operation: Slice) {
        let offset = try reader.readLong()
        try reader.skipLong()  // appendedAt
        let operation = try reader.readString()
        try reader.skipLong()  // createdAt
        _ = try reader.readString()  // tenant
        if try reader.readBranch(2) != 0 { try reader.skipLong() }  // deadline
        if try reader.readBranch(2) != 0 { try reader.skipLong() }  // notBefore
        _ = try reader.readInt()  // priority
        // idempotencyKey, replyTo, callback, traceparent
        for _ in 0..<4 where try reader.readBranch(2) != 0 { _ = try reader.readString() }
        try AvroMap<AvroText>.skip(&reader)  // context
        try reader.skipLong()  // digestHigh
        try reader.skipLong()  // digestLow
        return (offset, operation)
    }

    private static func stamp(_ reader: inout AvroReader) throws(AvroError) -> JobStamp {
        if try reader.readBranch(2) != 0 { try Wire.TypedBytes.skip(&reader) }  // payload
        try Wire.JobStatus.skip(&reader)
        let version = try reader.readLong()
        _ = try reader.readInt()  // attempt
        _ = try reader.readString()  // worker
        if try reader.readBranch(2) != 0 { try Wire.JobProgress.skip(&reader) }
        if try reader.readBranch(2) != 0 { try Wire.JobWaiting.skip(&reader) }
        if try reader.readBranch(2) != 0 { try Wire.TypedBytes.skip(&reader) }  // result
        if try reader.readBranch(2) != 0 { try Wire.JobFailure.skip(&reader) }
        try AvroArray<Wire.AttemptError>.skip(&reader)
        _ = try reader.readInt()  // parts
        if try reader.readBranch(2) != 0 { try reader.skipLong() }  // deadline
        try reader.skipLong()  // updatedAt
        if try reader.readBranch(2) != 0 { try reader.skipLong() }  // startedAt
        if try reader.readBranch(2) != 0 { try reader.skipLong() }  // finishedAt
        _ = try reader.readString()  // reason
        if try reader.readBranch(2) != 0 { try Wire.JobCancellation.skip(&reader) }
        try Wire.JobPhase.skip(&reader)
        _ = try reader.readString()  // take
        if try reader.readBranch(2) != 0 { try reader.skipLong() }  // boundOffset
        if try reader.readBranch(2) != 0 { try reader.skipLong() }  // attemptStartedAt
        for _ in 0..<3 { _ = try reader.readInt() }  // failures, losses, nextAttempt
        try reader.skipLong()  // nextAt
        for _ in 0..<2 { _ = try reader.readInt() }  // attemptTop, reopens
        try AvroArray<Wire.JobSignal>.skip(&reader)
        try AvroArray<Wire.JobCheckpoint>.skip(&reader)
        let seenAttempt = try reader.readInt()
        let newestRecordAt = try reader.readLong()
        let lastRecordOffset = try reader.readLong()
        _ = try reader.readBoolean()  // isStartable
        try AvroArray<Int64>.skip(&reader)  // clashes
        let sequences = try sequences(&reader)
        let kept = try AvroArray<Wire.KeptEvent>(from: &reader).count
        let late = try reader.readLong()
        return JobStamp(
            version: version, late: late, sequences: sequences, kept: kept, newestRecordAt: Timestamp(milliseconds: newestRecordAt),
            lastRecordOffset: lastRecordOffset, seenAttempt: Int(seenAttempt))
    }

    /// The sum of the sequences of `sources`.
    private static func sequences(_ reader: inout AvroReader) throws(AvroError) -> Int64 {
        var sum: Int64 = 0
        var blocks = BlockCursor(itemBytesMin: Wire.JobSource.bytesMin)
        try reader.enter()
        while try reader.next(&blocks) {
            _ = try reader.readString()
            sum &+= try reader.readLong()
            for _ in 0..<2 { _ = try reader.readInt() }  // attempt, openAttempt
        }
        reader.leave()
        return sum
    }
}
