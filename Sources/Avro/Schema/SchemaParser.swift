/// Turns JSON into the table of types. One parser makes one graph.
struct SchemaParser {
    let limits: SchemaLimits
    var nodes: [SchemaNode] = []
    var names: [String: Int] = [:]
    private var fieldCount = 0
    private var included: [ObjectIdentifier] = []

    init(limits: SchemaLimits) {
        self.limits = limits
    }

    /// Parses the text of a schema or protocol.
    static func json(_ bytes: [UInt8], limits: SchemaLimits) throws(AvroError) -> JSONValue {
        try JSONValue(parsing: bytes, depthMax: limits.depthMax * 4)
    }

    /// Takes over the types of another schema, so that this one can name them.
    mutating func include(_ graph: SchemaGraph) throws(AvroError) {
        guard !included.contains(ObjectIdentifier(graph)) else { return }
        included.append(ObjectIdentifier(graph))
        let shift = nodes.count
        guard nodes.count + graph.nodes.count <= limits.nodesMax else {
            throw AvroError(schema: .schemaLimit, at: "", "more types than nodesMax (\(limits.nodesMax))")
        }
        for var node in graph.nodes {
            node.children = node.children.map { $0 + shift }
            for position in node.fields.indices { node.fields[position].type += shift }
            nodes.append(node)
        }
        names.merge(graph.names.mapValues { $0 + shift }) { first, _ in first }
    }

    /// Checks and encodes the defaults, which may use types that come later, and closes the table.
    mutating func finish() throws(AvroError) -> SchemaGraph {
        var encoder = DefaultEncoder(nodes: nodes, bytesMax: limits.defaultBytesMax)
        for index in nodes.indices {
            for position in nodes[index].fields.indices where nodes[index].fields[position].defaultValue != nil {
                nodes[index].fields[position].defaultBytes = try encoder.bytes(ofField: position, of: index)
            }
        }
        return SchemaGraph(nodes: nodes, names: names)
    }

    // MARK: Types

    /// The node of the type that the JSON describes.
    mutating func schema(_ json: JSONValue, namespace: String, at place: String, depth: Int) throws(AvroError) -> Int {
        guard depth <= limits.depthMax else {
            throw AvroError(schema: .schemaLimit, at: place, "nested deeper than depthMax (\(limits.depthMax))")
        }
        switch json {
        case .string(let name): return try reference(name, namespace: namespace, at: place)
        case .array(let branches): return try union(branches, namespace: namespace, at: place, depth: depth)
        case .object: return try object(json, namespace: namespace, at: place, depth: depth)
        default: throw AvroError(schema: .schemaInvalid, at: place, "a type is a name, an array or an object, not \(json.kindName)")
        }
    }

    mutating func append(_ node: SchemaNode, at place: String) throws(AvroError) -> Int {
        nodes.append(node)
        try count(fields: 0, at: place)
        return nodes.count - 1
    }

    /// Counts fields and symbols against the limit, too.
    mutating func count(fields: Int, at place: String) throws(AvroError) {
        fieldCount += fields
        guard nodes.count + fieldCount <= limits.nodesMax else {
            throw AvroError(schema: .schemaLimit, at: place, "more types, fields and symbols than nodesMax (\(limits.nodesMax))")
        }
    }

    private mutating func reference(_ name: String, namespace: String, at place: String) throws(AvroError) -> Int {
        if let kind = Schema.Kind(rawValue: name), kind.isPrimitive { return try append(SchemaNode(kind: kind), at: place) }
        if !name.contains("."), !namespace.isEmpty, let index = names[namespace + "." + name] { return index }
        if let index = names[name] { return index }
        if Schema.Kind(rawValue: name) != nil || name == "error" {
            throw AvroError(schema: .schemaInvalid, at: place, "'\(name)' needs an object with its parts, not only its name")
        }
        throw AvroError(schema: .nameUnknown, at: place, "no type named '\(name)' is defined before this place")
    }

    private mutating func union(_ branches: [JSONValue], namespace: String, at place: String, depth: Int) throws(AvroError) -> Int {
        var children: [Int] = []
        var seen: Set<String> = []
        for (position, branch) in branches.enumerated() {
            let here = "\(place)/\(position)"
            let child = try schema(branch, namespace: namespace, at: here, depth: depth + 1)
            let node = nodes[child]
            guard node.kind != .union else { throw AvroError(schema: .schemaInvalid, at: here, "a union directly within a union") }
            let label = node.name ?? node.kind.rawValue
            guard seen.insert(label).inserted else {
                throw AvroError(schema: .schemaInvalid, at: here, "the union has two branches of type '\(label)'")
            }
            children.append(child)
        }
        var node = SchemaNode(kind: .union)
        node.children = children
        return try append(node, at: place)
    }

    private mutating func object(_ json: JSONValue, namespace: String, at place: String, depth: Int) throws(AvroError) -> Int {
        guard let type = json["type"] else { throw AvroError(schema: .schemaInvalid, at: place, "the object has no \"type\"") }
        guard case .string(let word) = type else { return try schema(type, namespace: namespace, at: place + "/type", depth: depth + 1) }
        switch word {
        case "record", "error": return try record(json, isError: word == "error", namespace: namespace, at: place, depth: depth)
        case "enum": return try enumeration(json, namespace: namespace, at: place)
        case "fixed": return try fixed(json, namespace: namespace, at: place)
        case "array", "map":
            let part = word == "array" ? "items" : "values"
            guard let inner = json[part] else { throw AvroError(schema: .schemaInvalid, at: place, "the \(word) has no \"\(part)\"") }
            var node = SchemaNode(kind: word == "array" ? .array : .map)
            node.children = [try schema(inner, namespace: namespace, at: "\(place)/\(part)", depth: depth + 1)]
            node.attributes = attributes(of: json, except: ["type", part])
            return try append(node, at: place)
        case "union": throw AvroError(schema: .schemaInvalid, at: place, "a union is written as an array")
        default:
            let index = try reference(word, namespace: namespace, at: place + "/type")
            guard nodes[index].kind.isPrimitive else { return index }
            nodes[index].attributes = attributes(of: json, except: ["type"])
            annotate(&nodes[index], json)
            return index
        }
    }

    /// Reads a logical type's annotation; one that does not fit is kept as an attribute only.
    func annotate(_ node: inout SchemaNode, _ json: JSONValue) {
        guard let name = json["logicalType"]?.string else { return }
        node.logicalType = LogicalType(
            name: name, kind: node.kind, size: node.size, precision: json["precision"]?.integer,
            scale: json["scale"].map { $0.integer ?? -1 })
    }

    func attributes(of json: JSONValue, except known: Set<String>) -> [JSONValue.Member] {
        (json.members ?? []).filter { !known.contains($0.name) }
    }
}
