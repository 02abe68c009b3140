/// A schema's types as Codable's containers look at them: one object a type, so that a look counts one reference.
final class CodingGraph: Sendable {
    let nodes: [CodingNode]
    /// What an encoder asks for each value, by the same index.
    let places: [CodingPlace]
    /// The fields of all records, one after another (``CodingNode/fields``).
    let fields: [CodingField]

    init(_ graph: SchemaGraph) {
        var nodes: [CodingNode] = [], places: [CodingPlace] = [], fields: [CodingField] = []
        let nulls = graph.nodes.map { node in
            node.kind == .union ? node.children.firstIndex { graph.nodes[$0].kind == .null } : nil
        }
        for (index, node) in graph.nodes.enumerated() {
            nodes.append(CodingNode(node, null: nulls[index], fields: fields.count..<fields.count + node.fields.count))
            places.append(CodingPlace(index, graph, null: nulls[index]))
            fields += node.fields.map { field in
                let null = nulls[field.type].flatMap { $0 < 64 ? UInt8($0 * 2) : nil }
                return CodingField(name: field.name, place: CodingPlace(field.type, graph, null: nulls[field.type]), null: null)
            }
        }
        self.nodes = nodes
        self.places = places
        self.fields = fields
    }
}

/// A field of a record.
struct CodingField: Sendable {
    let name: String
    let place: CodingPlace
    /// What is written for null, where that is a branch below 64 of a union.
    let null: UInt8?
}

/// What stands in a place, small and without a reference to count.
struct CodingPlace: Sendable {
    /// The type.
    let index: Int32
    /// The type; of a union of null and one other, the other.
    let plain: Int32
    /// The kind of the plain type.
    let kind: Schema.Kind
    /// What is written before a value of the plain type: the branch of the union around it.
    let branch: UInt8?

    /// A place of a type whose branch `null` is null.
    init(_ index: Int, _ graph: SchemaGraph, null: Int?) {
        let node = graph.nodes[index]
        self.index = Int32(index)
        if node.kind == .union, node.children.count == (null == nil ? 1 : 2) {
            let branch = null == 0 ? 1 : 0
            plain = Int32(node.children[branch])
            kind = graph.nodes[node.children[branch]].kind
            self.branch = UInt8(branch * 2)
        } else {
            plain = Int32(index)
            kind = node.kind
            branch = nil
        }
    }
}

/// One type.
final class CodingNode: Sendable {
    let kind: Schema.Kind
    let logicalType: LogicalType?
    /// The full name, or the kind.
    let name: String
    let size: Int
    /// Items of an array, values of a map, branches of a union.
    let children: [Int]
    /// Of a union: the branch that is null.
    let null: Int?
    let fieldNames: [String]
    let fieldTypes: [Int]
    /// In binary encoding.
    let fieldDefaults: [[UInt8]?]
    let fieldPositions: [String: Int]
    /// Where the fields are in ``CodingGraph/fields``.
    let fields: Range<Int>
    let symbols: [String]
    let symbolPositions: [String: Int]

    init(_ node: SchemaNode, null: Int?, fields: Range<Int>) {
        kind = node.kind
        logicalType = node.logicalType
        name = node.name ?? node.kind.rawValue
        size = node.size
        children = node.children
        self.null = null
        fieldNames = node.fields.map(\.name)
        fieldTypes = node.fields.map(\.type)
        fieldDefaults = node.fields.map(\.defaultBytes)
        fieldPositions = node.fieldPositions
        self.fields = fields
        symbols = node.symbols
        symbolPositions = node.symbolPositions
    }

    /// The position of a field; the one after the last that was asked for is looked at first.
    func position(of name: String, after next: inout Int) -> Int? {
        if next < fieldNames.count, fieldNames[next] == name {
            next += 1
            return next - 1
        }
        guard let position = fieldPositions[name] else { return nil }
        next = position + 1
        return position
    }
}
