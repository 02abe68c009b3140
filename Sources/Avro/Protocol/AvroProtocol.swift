/// An Avro protocol (`.avpr`): named types and messages.
public struct AvroProtocol: Sendable {
    /// The short name.
    public let name: String
    /// The namespace; empty for none.
    public let namespace: String
    /// The documentation.
    public let doc: String?
    /// The types that the protocol declares, in order.
    public let types: [Schema]
    /// The messages, in order.
    public let messages: [Message]
    /// Attributes that the specification does not know.
    public let attributes: [JSONValue.Member]
    let graph: SchemaGraph

    /// A message: what is asked and what is answered.
    public struct Message: Sendable {
        /// The name.
        public let name: String
        /// The documentation.
        public let doc: String?
        /// The parameters as the record that travels. Avro leaves it without a name; here it is `<namespace>.<Message>Request`,
        /// with an underscore behind it where the protocol declares a type of that name.
        public let request: Schema
        /// The response.
        public let response: Schema
        /// The declared errors, without the `string` that is always one.
        public let errors: [Schema]
        /// Whether nobody waits for an answer. The response is then `null` and there are no errors.
        public let isOneWay: Bool
        /// Attributes that the specification does not know, such as our `policy` and `part`.
        public let attributes: [JSONValue.Member]

        /// The JSON text of an attribute.
        public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value.text }
    }

    /// Parses a protocol from its JSON text.
    public init(parsing text: String, limits: SchemaLimits = SchemaLimits()) throws(AvroError) {
        guard text.utf8.count <= limits.bytesMax else {
            throw AvroError(schema: .schemaLimit, at: "", "the protocol is longer than bytesMax (\(limits.bytesMax))")
        }
        try self.init(json: SchemaParser.json(Array(text.utf8), limits: limits), limits: limits)
    }

    /// Makes a protocol of JSON that is already parsed.
    public init(json: JSONValue, limits: SchemaLimits = SchemaLimits()) throws(AvroError) {
        var reader = ProtocolReader(limits: limits)
        let parts = try reader.read(json)
        let graph = try reader.parser.finish()
        self.graph = graph
        name = parts.name
        namespace = parts.namespace
        doc = json["doc"]?.string
        attributes = parts.attributes
        types = parts.types.map { Schema(graph: graph, index: $0) }
        messages = parts.messages.map { part in
            Message(
                name: part.name, doc: part.doc, request: Schema(graph: graph, index: part.request),
                response: Schema(graph: graph, index: part.response),
                errors: part.errors.map { Schema(graph: graph, index: $0) }, isOneWay: part.isOneWay, attributes: part.attributes)
        }
    }

    /// A type by its full name, or by its short name in the protocol's namespace.
    public func type(named name: String) -> Schema? {
        let index = graph.names[SchemaParser.fullName(name, namespace: namespace)] ?? graph.names[name]
        return index.map { Schema(graph: graph, index: $0) }
    }

    /// A message by its name.
    public func message(_ name: String) -> Message? { messages.first { $0.name == name } }

    /// A schema that an attribute describes, such as `part`: it may name the protocol's types.
    ///
    /// - Parameter place: the attribute's place in the protocol, for errors.
    public func schema(_ json: JSONValue, at place: String = "") throws(AvroError) -> Schema {
        if case .string(let name) = json, let type = type(named: name) { return type }
        var parser = SchemaParser(limits: SchemaLimits())
        try parser.include(graph)
        let root = try parser.schema(json, namespace: namespace, at: place, depth: 0)
        return Schema(graph: try parser.finish(), index: root)
    }
}
