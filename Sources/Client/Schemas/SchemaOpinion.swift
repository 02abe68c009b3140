public import Avro
public import Events

/// What libavro says of a topic's schema: whether consumers in C can use it, too.
public struct SchemaOpinion: Sendable {
    /// `demo.echo: rejoinder.Request`
    public let schema: String
    /// Why libavro does not take it; nil when it does.
    public let fault: String?

    /// The opinions of everything that a catalogue's topics carry.
    public static func all(of catalogue: Catalogue) -> [SchemaOpinion] {
        catalogue.operations.flatMap { operation in
            [operation.requestEnvelope.schema, operation.responseEnvelope.schema].map { schema in
                SchemaOpinion(schema: "\(operation.name): \(schema.name ?? "")", fault: SecondOpinion.fault(of: schema))
            }
        }
    }

    /// `{"schema","fault"}`
    public var json: JSONValue {
        .object([.init("schema", .string(schema)), .init("fault", fault.map { .string($0) } ?? .null)])
    }
}
