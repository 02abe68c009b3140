/// A schema's types as Codable's containers look at them: one object a type, so that a look counts one reference.
final class CodingGraph: Sendable {
    let nodes: [CodingNode]

    init(_ graph: SchemaGraph) {
        nodes = graph.nodes.map { node in
            let nullable = node.children.indices.filter { graph.nodes[node.children[$0]].kind == .null }
            let others = node.children.indices.filter { graph.nodes[node.children[$0]].kind != .null }
            return CodingNode(node, null: nullable.first, only: others.count == 1 ? others[0] : nil)
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
    /// Of a union: the branch that is null, and the one that is not when there is only one.
    let null: Int?
    let only: Int?
    let fieldNames: [String]
    let fieldTypes: [Int]
    /// In binary encoding.
    let fieldDefaults: [[UInt8]?]
    let fieldPositions: [String: Int]
    let symbols: [String]
    let symbolPositions: [String: Int]

    init(_ node: SchemaNode, null: Int?, only: Int?) {
        kind = node.kind
        logicalType = node.logicalType
        name = node.name ?? node.kind.rawValue
        size = node.size
        children = node.children
        self.null = null
        self.only = only
        fieldNames = node.fields.map(\.name)
        fieldTypes = node.fields.map(\.type)
        fieldDefaults = node.fields.map(\.defaultBytes)
        fieldPositions = node.fieldPositions
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
