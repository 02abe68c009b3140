public import Avro
public import Core

/// A request record, read without a copy: text and payload are slices of the record.
public struct RequestView: Sendable {
    /// The id of the schema that the record was written with.
    public let schema: UInt32
    /// The request's id.
    public let id: RequestID
    /// The record as it travels.
    public let wire: Wire.Request

    /// Reads a record whose schema has the layout `request` (`SchemaBook.request` checks that); validates all but the payload.
    @inlinable
    public init(_ record: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        schema = try EnvelopeCodec.schemaID(of: record)
        var reader = try EnvelopeCodec.body(of: record, limits: limits)
        wire = try Wire.Request(from: &reader)
        try reader.finish()
        guard let id = RequestID(text: wire.requestId.bytes(in: record)) else { throw IDFault.error(wire.requestId) }
        self.id = id
    }

    /// The operation's name.
    @inlinable public var operation: Slice { wire.operation }
    /// When the client asked.
    @inlinable public var createdAt: Timestamp { Timestamp(milliseconds: wire.createdAt) }
    /// The try that the record asks for, from 1.
    @inlinable public var attempt: Int { Int(wire.attempt) }
    /// When the answer stops being useful.
    @inlinable public var deadline: Timestamp? { wire.deadline.map { Timestamp(milliseconds: $0) } }
    /// When it may start.
    @inlinable public var notBefore: Timestamp? { wire.notBefore.map { Timestamp(milliseconds: $0) } }
    /// The trace of the request.
    @inlinable public var traceparent: Slice? { wire.traceparent }
    /// The Avro bytes of the operation's request.
    @inlinable public var payload: Slice { wire.payload }

    /// The record as the core knows it, copied.
    public func record(in record: RawSpan) -> RequestRecord {
        var context: [String: String] = [:]
        if wire.context.count > 0 {
            // Validated when the view was made: reading it again cannot fail.
            try? wire.context.forEach(in: record) { key, value in context[key.string(in: record)] = value.slice.string(in: record) }
        }
        return RequestRecord(
            id: id, operation: wire.operation.string(in: record), createdAt: createdAt, attempt: attempt,
            tenant: wire.tenant.string(in: record),
            deadline: deadline, notBefore: notBefore, priority: Int(wire.priority), idempotencyKey: wire.idempotencyKey?.string(in: record),
            replyTo: wire.replyTo?.string(in: record), callback: wire.callback?.string(in: record),
            traceparent: wire.traceparent?.string(in: record),
            context: context, payload: Payload(schema: schema, bytes: wire.payload.array(in: record)))
    }
}

/// What is wrong with an id, out of line.
@usableFromInline
enum IDFault {
    @usableFromInline @inline(never)
    static func error(_ slice: Slice) -> AvroError {
        AvroError(
            .valueInvalid, operation: "read record", detail: "a request's id is a UUID in 36 lower-case characters", place: "requestId",
            offset: Int(slice.offset))
    }
}

extension AvroError.Code {
    /// A value that its schema takes and its meaning does not.
    public static let valueInvalid = AvroError.Code("value-invalid")
}
