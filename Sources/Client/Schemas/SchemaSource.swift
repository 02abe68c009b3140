public import Avro

/// The schemas of a file: an Avro protocol (`.avpr`) or a schema (`.avsc`).
public enum SchemaSource: Sendable {
    /// A protocol: types and messages.
    case `protocol`(AvroProtocol)
    /// One schema.
    case schema(Schema)

    /// Parses the text of a file. Whether it is a protocol is seen from its `protocol` member, not from the file's name.
    public init(parsing text: String) throws(AvroError) {
        if let json = try? JSONValue(parsing: text), json["protocol"] != nil {
            self = .protocol(try AvroProtocol(parsing: text))
        } else {
            self = .schema(try Schema(parsing: text))
        }
    }

    /// The schemas that stand in it by themselves: types, and the records of messages' parameters.
    public var schemas: [Schema] {
        switch self {
        case .protocol(let avro): avro.types + avro.messages.map(\.request)
        case .schema(let schema): [schema]
        }
    }
}
