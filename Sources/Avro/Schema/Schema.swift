/// An Avro schema (Apache Avro 1.12): immutable, cheap to copy, safe to share.
///
/// A `Schema` is a place in a table of types that all its parts share; recursive types are therefore ordinary. Compile a plan from it
/// (``Resolution``, ``JSONToAvro``, ``AvroToJSON``) rather than walk it for each value.
public struct Schema: Sendable {
    let graph: SchemaGraph
    let index: Int

    init(graph: SchemaGraph, index: Int) {
        self.graph = graph
        self.index = index
    }

    var node: SchemaNode { graph.nodes[index] }

    /// The kinds of type.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case null, boolean, int, long, float, double, bytes, string
        case record, `enum`, fixed, array, map, union

        /// Null to string: the types without parts.
        public var isPrimitive: Bool {
            switch self {
            case .null, .boolean, .int, .long, .float, .double, .bytes, .string: true
            case .record, .enum, .fixed, .array, .map, .union: false
            }
        }

        /// Record, enum and fixed.
        public var isNamed: Bool { self == .record || self == .enum || self == .fixed }
    }

    /// How a field counts when records are sorted.
    public enum Order: String, Sendable, Hashable {
        case ascending, descending, ignore
    }

    /// Parses a schema from its JSON text.
    ///
    /// - Parameters:
    ///   - references: schemas whose named types the text may use without defining them.
    public init(parsing text: String, references: [Schema] = [], limits: SchemaLimits = SchemaLimits()) throws(AvroError) {
        guard text.utf8.count <= limits.bytesMax else {
            throw AvroError(schema: .schemaLimit, at: "", "the schema is longer than bytesMax (\(limits.bytesMax))")
        }
        let json = try SchemaParser.json(Array(text.utf8), limits: limits)
        try self.init(json: json, references: references, limits: limits)
    }

    /// Parses a schema from the bytes of its JSON text.
    public init(parsing bytes: [UInt8], references: [Schema] = [], limits: SchemaLimits = SchemaLimits()) throws(AvroError) {
        guard bytes.count <= limits.bytesMax else {
            throw AvroError(schema: .schemaLimit, at: "", "the schema is longer than bytesMax (\(limits.bytesMax))")
        }
        try self.init(json: SchemaParser.json(bytes, limits: limits), references: references, limits: limits)
    }

    /// Makes a schema of JSON that is already parsed.
    public init(json: JSONValue, references: [Schema] = [], limits: SchemaLimits = SchemaLimits()) throws(AvroError) {
        var parser = SchemaParser(limits: limits)
        for reference in references { try parser.include(reference.graph) }
        let root = try parser.schema(json, namespace: "", at: "", depth: 0)
        self.init(graph: try parser.finish(), index: root)
    }

    /// A schema of one primitive type.
    public init(_ primitive: Kind) {
        precondition(primitive.isPrimitive, "not a primitive type")
        self.init(graph: SchemaGraph(nodes: [SchemaNode(kind: primitive)], names: [:]), index: 0)
    }

    /// The kind of type.
    public var kind: Kind { node.kind }
    /// The logical type, where the annotation is known and fits.
    public var logicalType: LogicalType? { node.logicalType }
    /// Whether a record was declared as `error`.
    public var isError: Bool { node.isError }
    /// The full name of a record, enum or fixed: `org.example.Report`.
    public var name: String? { node.name }
    /// The part of the full name after the last dot.
    public var shortName: String? { node.name.map { $0.split(separator: ".").last.map(String.init) ?? $0 } }
    /// The part of the full name before the last dot; empty for none.
    public var namespace: String { node.name.map(SchemaParser.namespace(of:)) ?? "" }
    /// Other full names of a named type.
    public var aliases: [String] { node.aliases }
    /// The documentation of a named type.
    public var doc: String? { node.doc }
    /// The symbols of an enum.
    public var symbols: [String] { node.symbols }
    /// What a reader of this enum takes for a symbol it does not know.
    public var enumDefault: String? { node.enumDefault }
    /// The size of a fixed in bytes.
    public var size: Int { node.size }
    /// The type of an array's items.
    public var items: Schema? { kind == .array ? child(0) : nil }
    /// The type of a map's values.
    public var values: Schema? { kind == .map ? child(0) : nil }
    /// The branches of a union.
    public var branches: [Schema] { kind == .union ? node.children.map { Schema(graph: graph, index: $0) } : [] }
    /// The fields of a record.
    public var fields: [Field] { node.fields.map { Field(graph: graph, field: $0) } }
    /// Attributes that the specification does not know, and the annotations of logical types, in the order written.
    public var attributes: [JSONValue.Member] { node.attributes }

    /// The position of a field by its name (aliases do not count).
    public func position(ofField name: String) -> Int? { node.fieldPositions[name] }
    /// A field by its name.
    public func field(_ name: String) -> Field? { node.fieldPositions[name].map { Field(graph: graph, field: node.fields[$0]) } }
    /// The index of an enum's symbol.
    public func position(ofSymbol symbol: String) -> Int? { node.symbolPositions[symbol] }
    /// A named type that is defined somewhere in the same text, by its full name.
    public func type(named name: String) -> Schema? { graph.names[name].map { Schema(graph: graph, index: $0) } }

    /// Whether null is the type, or a branch of the union.
    public var isNullable: Bool { kind == .null || (kind == .union && node.children.contains { graph.nodes[$0].kind == .null }) }

    private func child(_ position: Int) -> Schema { Schema(graph: graph, index: node.children[position]) }

    /// A field of a record.
    public struct Field: Sendable {
        let graph: SchemaGraph
        let field: SchemaField

        /// The name.
        public var name: String { field.name }
        /// The type.
        public var schema: Schema { Schema(graph: graph, index: field.type) }
        /// Other names under which a writer may know the field.
        public var aliases: [String] { field.aliases }
        /// The documentation.
        public var doc: String? { field.doc }
        /// How it counts when records are sorted.
        public var order: Order { field.order }
        /// The default as it was written; nil when there is none (`.null` is a default).
        public var defaultValue: JSONValue? { field.defaultValue }
        /// The default in binary encoding, checked when the schema was parsed.
        public var defaultBytes: [UInt8]? { field.defaultBytes }
        /// Attributes that the specification does not know.
        public var attributes: [JSONValue.Member] { field.attributes }
    }
}

extension Schema: Hashable, CustomStringConvertible {
    /// Equal when their identity forms are: documentation and unknown attributes do not count.
    public static func == (left: Schema, right: Schema) -> Bool {
        (left.graph === right.graph && left.index == right.index) || left.identityForm == right.identityForm
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(identityForm) }

    /// The schema's text.
    public var description: String { json.text }
}
