/// The types of one schema or protocol: a flat table, so that recursive types need no cycle of references.
final class SchemaGraph: Sendable {
    let nodes: [SchemaNode]
    /// Full names (not aliases) to nodes.
    let names: [String: Int]

    init(nodes: [SchemaNode], names: [String: Int]) {
        self.nodes = nodes
        self.names = names
    }
}

/// One type. Children are indices into the graph's table.
struct SchemaNode: Sendable {
    var kind: Schema.Kind
    var isError = false
    var logicalType: LogicalType?
    /// Full name of a record, enum or fixed.
    var name: String?
    /// Full names.
    var aliases: [String] = []
    var doc: String?
    var fields: [SchemaField] = []
    var fieldPositions: [String: Int] = [:]
    var symbols: [String] = []
    var symbolPositions: [String: Int] = [:]
    var enumDefault: String?
    var size = 0
    /// Items of an array, values of a map, branches of a union.
    var children: [Int] = []
    /// What the specification does not know, and logical-type annotations, in the order written.
    var attributes: [JSONValue.Member] = []
}

struct SchemaField: Sendable {
    var name: String
    var type: Int
    var aliases: [String] = []
    var doc: String?
    var order = Schema.Order.ascending
    var defaultValue: JSONValue?
    /// The default in Avro's binary encoding.
    var defaultBytes: [UInt8]?
    var attributes: [JSONValue.Member] = []
}
