import FoundationEssentials

/// One place in a value and its schema.
struct ValueDecoder: Decoder {
    let value: GenericValue
    let graph: SchemaGraph
    /// The type of the value, the union around it taken off.
    let index: Int
    let parent: PathStep?
    var codingPath: [any CodingKey] { parent?.path ?? [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ value: GenericValue, _ graph: SchemaGraph, _ index: Int, parent: PathStep? = nil) {
        self.value = value
        self.graph = graph
        self.parent = parent
        let node = graph.nodes[index]
        self.index = node.kind == .union && node.children.indices.contains(Int(value.branch)) ? node.children[Int(value.branch)] : index
    }

    func mismatch(_ type: Any.Type) -> DecodingError {
        let node = graph.nodes[index]
        let context = DecodingError.Context(codingPath: codingPath, debugDescription: "the schema has \(node.name ?? node.kind.rawValue)")
        if case .null = value.content { return .valueNotFound(type, context) }
        return .typeMismatch(type, context)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        switch value.content {
        case .record(let fields): KeyedDecodingContainer(RecordContainer(decoder: self, fields: fields))
        case .map(let entries): KeyedDecodingContainer(RecordContainer(decoder: self, entries: entries))
        default: throw mismatch([String: Any].self)
        }
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        switch value.content {
        case .array(let items): return ItemsContainer(decoder: self, items: items, item: graph.nodes[index].children[0])
        case .bytes(let bytes), .fixed(let bytes):
            return ItemsContainer(decoder: self, items: bytes.map { GenericValue(.int(Int32($0))) }, item: index)
        default: throw mismatch([Any].self)
        }
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleContainer(decoder: self) }

    var isNil: Bool {
        if case .null = value.content { true } else { false }
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == Date.self {
            guard let units = integer64, let date = TimeUnits.date(units, graph.nodes[index].logicalType) as? Value else {
                throw mismatch(type)
            }
            return date
        }
        if type == UUID.self {
            guard let uuid = uuid as? Value else { throw mismatch(type) }
            return uuid
        }
        if type == Data.self {
            guard let bytes, let data = Data(bytes) as? Value else { throw mismatch(type) }
            return data
        }
        if type == [UInt8].self, let bytes, let result = bytes as? Value { return result }
        return try Value(from: self)
    }

    // MARK: Scalars

    private var integer64: Int64? {
        switch value.content {
        case .int(let number): Int64(number)
        case .long(let number): number
        default: nil
        }
    }

    private var bytes: [UInt8]? {
        switch value.content {
        case .bytes(let bytes), .fixed(let bytes): bytes
        default: nil
        }
    }

    private var uuid: UUID? {
        if case .string(let text) = value.content { return UUID(uuidString: text) }
        guard case .fixed(let b) = value.content, b.count == 16 else { return nil }
        return UUID(uuid: (b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]))
    }

    func boolean() throws -> Bool {
        guard case .boolean(let flag) = value.content else { throw mismatch(Bool.self) }
        return flag
    }

    func string() throws -> String {
        switch value.content {
        case .string(let text): return text
        case .symbol(let position) where graph.nodes[index].symbols.indices.contains(Int(position)):
            return graph.nodes[index].symbols[Int(position)]
        case .bytes(let bytes), .fixed(let bytes):
            guard case .decimal(_, let scale) = graph.nodes[index].logicalType,
                let text = bytes.withUnsafeBytes({ DecimalText.text($0, scale: scale) })
            else {
                throw mismatch(String.self)
            }
            return text
        default: throw mismatch(String.self)
        }
    }

    func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        guard let number = integer64.flatMap({ Number(exactly: $0) }) else { throw mismatch(type) }
        return number
    }

    func double() throws -> Double {
        switch value.content {
        case .double(let number): return number
        case .float(let number): return Double(number)
        case .int(let number): return Double(number)
        case .long(let number): return Double(number)
        default: throw mismatch(Double.self)
        }
    }

    func float() throws -> Float {
        if case .float(let number) = value.content { return number }
        return Float(try double())
    }
}

/// A step of the path to a place, for errors; a path is built only when one is thrown.
final class PathStep {
    let key: any CodingKey
    let parent: PathStep?

    init(_ key: any CodingKey, _ parent: PathStep?) {
        self.key = key
        self.parent = parent
    }

    var path: [any CodingKey] { (parent?.path ?? []) + [key] }
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
