public import Avro

/// A schema with its text and its id.
public struct RegisteredSchema: Sendable, Hashable {
    /// The schema.
    public let schema: Schema
    /// The text that is registered, documentation included.
    public let text: String
    /// The id in the records' five-byte heads.
    public let id: UInt32

    /// A schema under the id that everybody computes (`Schema.identifier`).
    public init(_ schema: Schema) {
        self.init(schema, id: schema.identifier)
    }

    /// A schema under an id that an external registry gave.
    public init(_ schema: Schema, id: UInt32) {
        self.init(schema, id: id, text: schema.json.text)
    }

    /// A schema whose text is kept as somebody wrote it.
    public init(_ schema: Schema, id: UInt32, text: String) {
        self.schema = schema
        self.id = id
        self.text = text
    }
}

/// That a schema is to be known under a subject: a record of `rejoinder.schemas`.
public struct SchemaRegistration: Sendable, Hashable {
    /// `<topic>-value`
    public let subject: String
    /// The schema.
    public let schema: RegisteredSchema

    /// A registration for a subject.
    public init(subject: String, schema: RegisteredSchema) {
        self.subject = subject
        self.schema = schema
    }

    /// A registration for a topic's values.
    public init(topic: String, schema: RegisteredSchema) {
        self.init(subject: TopicNames.subject(of: topic), schema: schema)
    }

    /// The record's key: `<subject>/<id>`.
    public var key: [UInt8] { Array("\(subject)/\(schema.id)".utf8) }

    /// The record's value.
    public var value: [UInt8] {
        var writer = AvroWriter(capacity: text.utf8.count + subject.utf8.count + 32)
        writer.beginFrame(EnvelopeCodec.schema.id)
        writer.writeString(subject)
        writer.writeInt(Int32(bitPattern: schema.id))
        writer.writeString(text)
        return writer.bytes
    }

    private var text: String { schema.text }
}
