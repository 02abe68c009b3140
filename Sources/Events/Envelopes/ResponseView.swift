public import Avro
public import Core

/// An event record, read without a copy: text and typed parts are slices of the record.
public struct ResponseView: Sendable {
    /// The id of the schema that the record was written with.
    public let schema: UInt32
    /// The request's id.
    public let id: RequestID
    /// The record as it travels.
    public let wire: Wire.Response

    /// Reads a record whose schema has the layout `response` (`SchemaBook.response` checks that); validates all but the typed part.
    @inlinable
    public init(_ record: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        schema = try EnvelopeCodec.schemaID(of: record)
        var reader = try EnvelopeCodec.body(of: record, limits: limits)
        wire = try Wire.Response(from: &reader)
        try reader.finish()
        guard let id = RequestID(text: wire.requestId.bytes(in: record)) else { throw IDFault.error(wire.requestId) }
        self.id = id
    }

    /// Of a take, or the one that a decision was taken on.
    @inlinable public var attempt: Int { Int(wire.attempt) }
    /// Who wrote it.
    @inlinable public var source: Slice { wire.source }
    /// Counts within the source.
    @inlinable public var sequence: Int64 { wire.sequence }
    /// When it happened.
    @inlinable public var time: Timestamp { Timestamp(milliseconds: wire.time) }
    /// The event.
    @inlinable public var event: Wire.Response.Event { wire.event }

    /// The record as the core knows it, copied. `schema`: what is known of the writer's schema; it names the declared error of a failure.
    public func record(in record: RawSpan, schema known: KnownSchema?) throws(AvroError) -> EventRecord {
        EventRecord(
            id: id, attempt: attempt, source: wire.source.string(in: record), sequence: wire.sequence, time: time,
            traceparent: wire.traceparent?.string(in: record),
            event: try Event(wire.event, in: record, schema: schema, names: known.map { .schema($0) } ?? .unknown))
    }
}
