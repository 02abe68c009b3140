public import Avro
public import Core

/// A record of `rejoinder.jobs`, read without a copy: who reads many of them needs of most no more than whose they are and what they are of.
public struct FoldedView: Sendable {
    /// The record as it travels.
    let wire: Wire.Folded
    /// The job's id; nil: a checkpoint.
    public let id: RequestID?

    /// Reads and validates a record's value, written with our schema.
    public init(_ record: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        try EnvelopeCodec.expect(EnvelopeCodec.folded, record)
        var reader = try EnvelopeCodec.body(of: record, limits: limits)
        wire = try Wire.Folded(from: &reader)
        try reader.finish()
        guard case .job(let job) = wire.content else {
            id = nil
            return
        }
        guard let id = RequestID(text: job.requestId.bytes(in: record)) else { throw IDFault.error(job.requestId) }
        self.id = id
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
        try wire.offsets.forEach(in: record) { topic, offset throws(AvroError) in offsets[topic.string(in: record)] = offset }
        return offsets
    }

    /// The offset of the job's request, and the name of its operation; nil while its request has not come, and of a checkpoint.
    public func request(in record: RawSpan) -> (offset: Int64, operation: Slice)? {
        guard case .job(let job) = wire.content, let facts = job.facts else { return nil }
        return (facts.offset, facts.operation)
    }

    /// How far the job is folded; nil of a checkpoint.
    public func stamp(in record: RawSpan) throws(AvroError) -> JobStamp? {
        guard case .job(let job) = wire.content else { return nil }
        var sequences: Int64 = 0
        try job.sources.forEach(in: record) { source throws(AvroError) in sequences &+= source.sequence }
        return JobStamp(
            version: job.version, late: job.late, sequences: sequences, kept: job.kept.count,
            newestRecordAt: Timestamp(milliseconds: job.newestRecordAt), lastRecordOffset: job.lastRecordOffset,
            seenAttempt: Int(job.seenAttempt))
    }

    /// The job, copied; nil of a checkpoint.
    public func job(in record: RawSpan) throws(AvroError) -> Job? {
        guard case .job(let job) = wire.content else { return nil }
        return try Job(job, in: record)
    }
}
