public import Avro
public import Core

/// A record of `rejoinder.jobs`, read. (A tombstone, which says that a job was purged, has no value to read.)
public struct FoldedRecord: Sendable, Equatable {
    /// What the record holds.
    public enum Content: Sendable, Equatable {
        /// A job, with all that the fold needs to go on.
        case job(Job)
        /// A checkpoint: complete up to the place.
        case mark
    }

    /// Who wrote it, and where the partition was folded to.
    public let place: FoldedPlace
    /// A job or a mark.
    public let content: Content

    /// Reads a record's value, written with our schema.
    public init(_ record: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        try EnvelopeCodec.expect(EnvelopeCodec.folded, record)
        var reader = try EnvelopeCodec.body(of: record, limits: limits)
        let wire = try Wire.Folded(from: &reader)
        try reader.finish()
        var offsets: [String: Int64] = [:]
        try wire.offsets.forEach(in: record) { topic, offset throws(AvroError) in offsets[topic.string(in: record)] = offset }
        place = FoldedPlace(writer: wire.writer.string(in: record), time: Timestamp(milliseconds: wire.time), offsets: offsets)
        switch wire.content {
        case .job(let job): content = .job(try Job(job, in: record))
        case .mark: content = .mark
        }
    }
}

extension Job {
    /// Reads a job as stores keep it, written by `AvroWriter.writeJob`.
    public init(_ stored: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        try EnvelopeCodec.expect(EnvelopeCodec.job, stored)
        var reader = try EnvelopeCodec.body(of: stored, limits: limits)
        let wire = try Wire.Job(from: &reader)
        try reader.finish()
        self = try Job(wire, in: stored)
    }
}
