public import Avro

/// The schemas of the shared topics under our own ids, and the five-byte head of the Confluent wire format.
public enum EnvelopeCodec {
    /// `rejoinder.commands`
    public static let command = RegisteredSchema(EnvelopeSchemas.command)
    /// `rejoinder.heartbeats`
    public static let heartbeat = RegisteredSchema(EnvelopeSchemas.heartbeat)
    /// `rejoinder.jobs`
    public static let folded = RegisteredSchema(EnvelopeSchemas.folded)
    /// Jobs in stores
    public static let job = RegisteredSchema(EnvelopeSchemas.job)
    /// `rejoinder.members`
    public static let member = RegisteredSchema(EnvelopeSchemas.member)
    /// `rejoinder.schemas`
    public static let schema = RegisteredSchema(EnvelopeSchemas.schema)

    /// All of them.
    public static var allShared: [RegisteredSchema] { [command, heartbeat, folded, job, member, schema] }

    /// The one of that full name.
    static func shared(named name: String) -> RegisteredSchema? { allShared.first { $0.schema.name == name } }

    /// The bytes before a record's body: 0 and the schema's id.
    public static let headLength = 5

    /// The schema id of a record; throws `framing` when its first five bytes are no head.
    @inlinable
    public static func schemaID(of record: RawSpan) throws(AvroError) -> UInt32 {
        guard record.byteCount >= 5, record.unsafeLoad(fromByteOffset: 0, as: UInt8.self) == 0 else { throw headless(record.byteCount) }
        return UInt32(bigEndian: record.unsafeLoadUnaligned(fromByteOffset: 1, as: UInt32.self))
    }

    @usableFromInline
    static func headless(_ count: Int) -> AvroError {
        AvroError(
            .framing, operation: "read record", detail: "a value of \(count) bytes that does not begin with 0 and a schema id", offset: 0)
    }

    /// A reader behind the head.
    @inlinable
    @_lifetime(copy record)
    static func body(of record: RawSpan, limits: DecodingLimits) throws(AvroError) -> AvroReader {
        var reader = AvroReader(record, limits: limits)
        try reader.skip(5)
        return reader
    }

    /// Throws `schemaUnknown` when a record of a shared topic was not written with our schema.
    static func expect(_ schema: RegisteredSchema, _ record: RawSpan) throws(AvroError) {
        let id = try schemaID(of: record)
        guard id == schema.id else {
            throw AvroError(
                .schemaUnknown, operation: "read record",
                detail: "schema \(id) where \(schema.schema.name ?? "") \(schema.id) was expected", offset: 1)
        }
    }
}

extension AvroWriter {
    /// The head of a record in the Confluent wire format.
    @inlinable
    public mutating func beginFrame(_ schema: UInt32) {
        writeByte(0)
        writeBigEndian(schema)
    }
}
