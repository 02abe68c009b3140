/// The part of a record that an operation types: Avro bytes, and the id of the schema of the whole record that they came in.
public struct Payload: Sendable, Hashable {
    /// The id of the schema of the record (the envelope's), whose last field says how to read the bytes.
    public var schema: UInt32
    /// The Avro body of that field alone.
    public var bytes: [UInt8]

    public init(schema: UInt32, bytes: [UInt8]) {
        self.schema = schema
        self.bytes = bytes
    }

    /// What tells two bodies apart when the bytes themselves are not kept.
    public var digest: PayloadDigest { PayloadDigest(self) }
}
