import FoundationEssentials

/// One place in a value and its schema.
final class ValueDecoder: Decoder {
    let value: GenericValue
    let graph: CodingGraph
    /// The type of the value, the union around it taken off.
    let node: CodingNode
    private let index: Int
    private let parent: ValueDecoder?
    private let key: (any CodingKey)?
    /// The fields of a record, the items of an array, the bytes of bytes; of a map what its entries hold is in `entries`.
    @exclusivity(unchecked) private(set) var parts: [GenericValue] = []
    @exclusivity(unchecked) private(set) var entries: [GenericValue.Entry] = []
    /// The type of the items of an array or map, itself for bytes; -1 in a record.
    @exclusivity(unchecked) private var item = -1
    /// The field that is asked for next, if a type's properties stand in the schema's order. A decoder is used by one thread and its properties by
    /// one call at a time, so that no access needs to be watched.
    @exclusivity(unchecked) private var next = 0
    /// Where the keys of a large map are.
    @exclusivity(unchecked) private var positions: [String: Int] = [:]

    var codingPath: [any CodingKey] { (parent?.codingPath ?? []) + (key.map { [$0] } ?? []) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ value: GenericValue, _ graph: CodingGraph, _ index: Int, parent: ValueDecoder? = nil, key: (any CodingKey)? = nil) {
        self.value = value
        self.index = index
        self.graph = graph
        self.parent = parent
        self.key = key
        node = Self.node(index, value, graph)
    }

    /// The type of a value in the place of a type.
    static func node(_ index: Int, _ value: GenericValue, _ graph: CodingGraph) -> CodingNode {
        let node = graph.nodes[index]
        let branch = Int(value.branch)
        return node.kind == .union && node.children.indices.contains(branch) ? graph.nodes[node.children[branch]] : node
    }

    private static func mismatch(_ type: Any.Type, _ value: GenericValue, _ node: CodingNode, _ path: [any CodingKey]) -> DecodingError {
        let context = DecodingError.Context(codingPath: path, debugDescription: "the schema has \(node.name)")
        if case .null = value.content { return .valueNotFound(type, context) }
        return .typeMismatch(type, context)
    }

    @inline(never)
    func mismatch(_ type: Any.Type) -> DecodingError { Self.mismatch(type, value, node, codingPath) }

    @inline(never)
    func mismatch(_ type: Any.Type, _ place: Int, _ key: any CodingKey) -> DecodingError {
        Self.mismatch(type, part(place), node(place), codingPath + [key])
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        switch value.content {
        case .record(let fields): parts = fields
        case .map(let entries):
            self.entries = entries
            item = node.children[0]
        default: throw mismatch([String: Any].self)
        }
        return KeyedDecodingContainer(MembersContainer(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        switch value.content {
        case .array(let items):
            parts = items
            item = node.children[0]
        case .bytes(let bytes), .fixed(let bytes):
            parts = bytes.map { GenericValue(.int(Int32($0))) }
            item = index
        default: throw mismatch([Any].self)
        }
        return ItemsContainer(decoder: self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { WholeValueContainer(decoder: self) }

    /// The whole place as an integer. Inlined, as the one below: where it is called the type is known.
    @inline(__always)
    func integer<Value: FixedWidthInteger>() throws -> Value {
        guard let value = ValueReading.long(value).flatMap({ Value(exactly: $0) }) else { throw mismatch(Value.self) }
        return value
    }

    /// The value of a type, which is the whole place.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let known = try ValueReading.known(type, value, node) { return known }
        if ValueReading.isKnown(type) { throw mismatch(type) }
        return try Value(from: self)
    }

    // MARK: Parts

    /// The names of the fields or entries.
    var names: [String] { item < 0 ? node.fieldNames : entries.map(\.key) }

    /// Where a field or an entry is; of entries with one key the last. -1: nowhere.
    func find(_ name: String) -> Int {
        if item < 0 { return node.position(of: name, after: &next) ?? -1 }
        if entries.count <= 8 { return entries.lastIndex { $0.key == name } ?? -1 }
        if positions.isEmpty { for (place, entry) in entries.enumerated() { positions[entry.key] = place } }
        return positions[name] ?? -1
    }

    private func part(_ place: Int) -> GenericValue { entries.isEmpty ? parts[place] : entries[place].value }

    private func type(_ place: Int) -> Int { item < 0 ? node.fieldTypes[place] : item }

    private func node(_ place: Int) -> CodingNode { Self.node(type(place), part(place), graph) }

    func isNil(_ place: Int) -> Bool { ValueReading.isNil(part(place)) }
    func boolean(_ place: Int) -> Bool? { ValueReading.boolean(part(place)) }
    func long(_ place: Int) -> Int64? { ValueReading.long(part(place)) }
    @inline(__always)
    func integer<Value: FixedWidthInteger>(_ place: Int, _ key: @autoclosure () -> any CodingKey) throws -> Value {
        guard let value = long(place).flatMap({ Value(exactly: $0) }) else { throw mismatch(Value.self, place, key()) }
        return value
    }
    func double(_ place: Int) -> Double? { ValueReading.double(part(place)) }
    func float(_ place: Int) -> Float? { ValueReading.float(part(place)) }
    func string(_ place: Int) -> String? {
        let value = part(place)
        if case .string(let text) = value.content { return text }
        return ValueReading.string(value, node(place))
    }

    func decode<Value: Decodable>(_ type: Value.Type, _ place: Int, _ key: any CodingKey) throws -> Value {
        if let known = try ValueReading.known(type, part(place), node(place)) { return known }
        return try nested(place, key).decode(type)
    }

    func nested(_ place: Int, _ key: any CodingKey) -> ValueDecoder {
        ValueDecoder(part(place), graph, type(place), parent: self, key: key)
    }
}

/// A key of a path.
struct PathKey: CodingKey {
    var stringValue: String
    var intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init(intValue: Int) {
        self.intValue = intValue
        stringValue = String(intValue)
    }
}
