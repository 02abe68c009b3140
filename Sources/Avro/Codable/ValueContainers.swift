/// The fields of a record or the entries of a map.
struct RecordContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ValueDecoder
    private let fields: [GenericValue]
    private let entries: [GenericValue.Entry]
    private let isRecord: Bool

    init(decoder: ValueDecoder, fields: [GenericValue]) {
        self.decoder = decoder
        self.fields = fields
        entries = []
        isRecord = true
    }

    init(decoder: ValueDecoder, entries: [GenericValue.Entry]) {
        self.decoder = decoder
        self.entries = entries
        fields = []
        isRecord = false
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] {
        isRecord
            ? decoder.graph.nodes[decoder.index].fields.compactMap { Key(stringValue: $0.name) }
            : entries.compactMap { Key(stringValue: $0.key) }
    }

    private func find(_ key: Key) -> ValueDecoder? {
        let name = key.stringValue
        if isRecord {
            guard let position = decoder.graph.nodes[decoder.index].fieldPositions[name] else { return nil }
            let type = decoder.graph.nodes[decoder.index].fields[position].type
            return ValueDecoder(fields[position], decoder.graph, type, parent: PathStep(key, decoder.parent))
        }
        guard let entry = entries.first(where: { $0.key == name }) else { return nil }
        return ValueDecoder(
            entry.value, decoder.graph, decoder.graph.nodes[decoder.index].children[0], parent: PathStep(key, decoder.parent))
    }

    private func place(_ key: Key) throws -> ValueDecoder {
        guard let place = find(key) else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "no such field"))
        }
        return place
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try place(key).isNil }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try place(key).boolean() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try place(key).string() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try place(key).double() }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try place(key).float() }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try place(key).integer(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try place(key).integer(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try place(key).integer(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try place(key).integer(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try place(key).integer(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try place(key).integer(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try place(key).integer(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try place(key).integer(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try place(key).integer(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try place(key).integer(type) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try place(key).decode(type) }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        try place(key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try place(key).unkeyedContainer() }
    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try place(key) }
}

/// The items of an array.
struct ItemsContainer: UnkeyedDecodingContainer {
    let decoder: ValueDecoder
    let items: [GenericValue]
    let item: Int
    private(set) var currentIndex = 0

    init(decoder: ValueDecoder, items: [GenericValue], item: Int) {
        self.decoder = decoder
        self.items = items
        self.item = item
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    private mutating func next() throws -> ValueDecoder {
        guard currentIndex < items.count else {
            throw DecodingError.valueNotFound(Any.self, .init(codingPath: codingPath, debugDescription: "no more items"))
        }
        defer { currentIndex += 1 }
        return ValueDecoder(items[currentIndex], decoder.graph, item, parent: PathStep(PathKey(intValue: currentIndex), decoder.parent))
    }

    mutating func decodeNil() throws -> Bool {
        guard currentIndex < items.count, case .null = items[currentIndex].content else { return false }
        currentIndex += 1
        return true
    }
    mutating func decode(_ type: Bool.Type) throws -> Bool { try next().boolean() }
    mutating func decode(_ type: String.Type) throws -> String { try next().string() }
    mutating func decode(_ type: Double.Type) throws -> Double { try next().double() }
    mutating func decode(_ type: Float.Type) throws -> Float { try next().float() }
    mutating func decode(_ type: Int.Type) throws -> Int { try next().integer(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try next().integer(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try next().integer(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try next().integer(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try next().integer(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try next().integer(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next().integer(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next().integer(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next().integer(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next().integer(type) }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().decode(type) }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

/// The value itself.
struct SingleContainer: SingleValueDecodingContainer {
    let decoder: ValueDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.isNil }
    func decode(_ type: Bool.Type) throws -> Bool { try decoder.boolean() }
    func decode(_ type: String.Type) throws -> String { try decoder.string() }
    func decode(_ type: Double.Type) throws -> Double { try decoder.double() }
    func decode(_ type: Float.Type) throws -> Float { try decoder.float() }
    func decode(_ type: Int.Type) throws -> Int { try decoder.integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decode(type) }
}
