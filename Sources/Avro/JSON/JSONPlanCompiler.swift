/// Lays a schema out as a ``JSONPlan``. Works through a list rather than by recursion: types may refer to each other in long chains.
struct JSONPlanCompiler {
    private let graph: SchemaGraph
    private let form: JSONForm
    private(set) var nodes: [JSONPlan.Node] = []
    private(set) var fields: [JSONPlan.Field] = []
    private(set) var names: [JSONPlan.Text] = []
    private(set) var numbers: [Int32] = []
    private(set) var text: [UInt8] = []
    private var places: [Int: Int32] = [:]
    private var waiting: [Int] = []
    private let sizes: [Int]

    init(graph: SchemaGraph, form: JSONForm) {
        self.graph = graph
        self.form = form
        sizes = MinimumSizes.compute(graph)
    }

    mutating func compile(_ root: Int) -> Int32 {
        let place = place(of: root)
        while let next = waiting.popLast() { fill(next) }
        return place
    }

    private mutating func place(of index: Int) -> Int32 {
        if let known = places[index] { return known }
        let place = Int32(nodes.count)
        nodes.append(JSONPlan.Node(operation: .null))
        places[index] = place
        waiting.append(index)
        return place
    }

    private mutating func append(_ string: String) -> JSONPlan.Text {
        let offset = Int32(text.count)
        text.append(contentsOf: string.utf8)
        var head: UInt64 = 0
        for (index, byte) in string.utf8.prefix(8).enumerated() { head |= UInt64(byte) << UInt64(index * 8) }
        let count = string.utf8.count
        return JSONPlan.Text(offset: offset, count: Int32(count), head: head, mask: count >= 8 ? .max : (1 << UInt64(count * 8)) - 1)
    }

    private mutating func name(_ string: String) -> Int32 {
        names.append(append(string))
        return Int32(names.count - 1)
    }

    private mutating func fill(_ index: Int) {
        let source = graph.nodes[index]
        let at = Int(places[index] ?? 0)
        var node = JSONPlan.Node(operation: .null, bytesMin: Int32(clamping: sizes[index]))
        node.name = name(source.name ?? source.kind.rawValue)
        if form == .plain, let logical = source.logicalType {
            logicalType(logical, source, &node)
        } else {
            switch source.kind {
            case .null: node.operation = .null
            case .boolean: node.operation = .boolean
            case .int: node.operation = .int
            case .long: node.operation = .long
            case .float: node.operation = .float
            case .double: node.operation = .double
            case .bytes: node.operation = .bytes
            case .string: node.operation = .string
            case .fixed: (node.operation, node.a) = (.fixed, Int32(source.size))
            case .enum: symbols(source, &node)
            case .record: record(source, &node)
            case .array: (node.operation, node.a) = (.array, place(of: source.children[0]))
            case .map: (node.operation, node.a) = (.map, place(of: source.children[0]))
            case .union: union(source, &node)
            }
        }
        nodes[at] = node
    }

    private func logicalType(_ logical: LogicalType, _ source: SchemaNode, _ node: inout JSONPlan.Node) {
        switch logical {
        case .decimal(let precision, let scale):
            node.operation = .decimal
            (node.a, node.b, node.c) = (source.kind == .fixed ? Int32(source.size) : -1, Int32(precision), Int32(scale))
        case .bigDecimal: node.operation = .bigDecimal
        case .uuid: node.operation = source.kind == .fixed ? .uuidFixed : .uuid
        case .date: node.operation = .date
        case .timeMillis: (node.operation, node.a) = (.time, 3)
        case .timeMicros: (node.operation, node.a) = (.time, 6)
        case .timestampMillis: (node.operation, node.a) = (.timestamp, 3)
        case .timestampMicros: (node.operation, node.a) = (.timestamp, 6)
        case .timestampNanos: (node.operation, node.a) = (.timestamp, 9)
        case .localTimestampMillis: (node.operation, node.a) = (.localTimestamp, 3)
        case .localTimestampMicros: (node.operation, node.a) = (.localTimestamp, 6)
        case .localTimestampNanos: (node.operation, node.a) = (.localTimestamp, 9)
        case .duration: node.operation = .duration
        }
    }

    private mutating func symbols(_ source: SchemaNode, _ node: inout JSONPlan.Node) {
        node.operation = .symbol
        (node.a, node.b) = (Int32(names.count), Int32(source.symbols.count))
        for symbol in source.symbols { names.append(append(symbol)) }
        (node.c, node.d) = table(names[Int(node.a)...].map { $0 })
    }

    private mutating func record(_ source: SchemaNode, _ node: inout JSONPlan.Node) {
        node.operation = .record
        var added: [JSONPlan.Field] = []
        for field in source.fields {
            let name = append(field.name)
            let child = place(of: field.type)
            let label = Int32(text.count)
            text.append(contentsOf: "\"\(field.name)\":".utf8)
            let labelCount = Int32(text.count) - label
            let fallback = field.defaultBytes == nil ? -1 : Int32(text.count)
            text.append(contentsOf: field.defaultBytes ?? [])
            added.append(
                JSONPlan.Field(
                    name: name, node: child, label: label, labelCount: labelCount, fallback: fallback,
                    fallbackCount: Int32(field.defaultBytes?.count ?? 0)))
        }
        (node.a, node.b) = (Int32(fields.count), Int32(added.count))
        fields += added
        (node.c, node.d) = table(added.map(\.name))
    }

    /// An open-addressing hash table from text to position: its place in `numbers` and the mask of its size.
    private mutating func table(_ keys: [JSONPlan.Text]) -> (Int32, Int32) {
        var size = 4
        while size < keys.count * 2 { size *= 2 }
        let start = numbers.count
        numbers.append(contentsOf: repeatElement(-1, count: size))
        for (position, key) in keys.enumerated() {
            let bytes = text[Int(key.offset)..<Int(key.offset + key.count)]
            var slot = Int(bytes.withUnsafeBufferPointer { JSONPlan.hash($0) }) & (size - 1)
            while numbers[start + slot] >= 0 { slot = (slot + 1) & (size - 1) }
            numbers[start + slot] = Int32(position)
        }
        return (Int32(start), Int32(size - 1))
    }

    /// A description in `numbers`: for each branch its node; then the candidates for null, boolean, array (one each, -1 for none),
    /// and for number, text and object (a count and the branches in the order in which they are tried).
    private mutating func union(_ source: SchemaNode, _ node: inout JSONPlan.Node) {
        let branches = source.children.map { graph.nodes[$0] }
        let children = source.children.map { place(of: $0) }
        node.b = Int32(children.count)
        if form == .plain, children.count == 2, let null = branches.firstIndex(where: { $0.kind == .null }) {
            node.operation = .nullable
            (node.a, node.b, node.c) = (Int32(null), Int32(1 - null), children[1 - null])
            return
        }
        node.operation = .union
        node.a = Int32(numbers.count)
        numbers += children
        func only(_ kind: Schema.Kind) -> Int32 { Int32(branches.firstIndex { $0.kind == kind } ?? -1) }
        numbers += [only(.null), only(.boolean), only(.array)]
        for rank in [numberRank, textRank, objectRank] {
            let ranked = branches.indices.compactMap { position in rank(branches[position]).map { (position, $0) } }
            let sorted = ranked.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            numbers.append(Int32(sorted.count))
            numbers += sorted.map { Int32($0.0) }
        }
    }

    private func numberRank(_ node: SchemaNode) -> Int? {
        switch (node.kind, node.logicalType) {
        case (.int, nil): 0
        case (.long, nil): 1
        case (.double, nil): 2
        case (.float, nil): 3
        case (_, .decimal), (_, .bigDecimal): 4
        default: nil
        }
    }

    /// What says most comes first: enums, times, uuids; then text; then bytes, which almost any text could be.
    private func textRank(_ node: SchemaNode) -> Int? {
        switch (node.kind, node.logicalType) {
        case (.bytes, nil), (.fixed, nil): 2
        case (.string, nil): 1
        case (.float, _), (.double, _): 3
        case (_, .some), (.enum, _): 0
        default: nil
        }
    }

    private func objectRank(_ node: SchemaNode) -> Int? {
        switch node.kind {
        case .record: 0
        case .map: 1
        default: nil
        }
    }
}

extension JSONPlan {
    /// FNV-1a. The keys in a table are a schema's own, so that nobody outside can make them collide.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt32 = 0x811c_9dc5
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return hash ^ (hash >> 15)
    }
}
