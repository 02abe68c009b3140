/// The items of an array, or bytes one by one.
struct ItemsContainer: UnkeyedDecodingContainer {
    let decoder: ValueDecoder
    private(set) var currentIndex = 0

    init(decoder: ValueDecoder) {
        self.decoder = decoder
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { decoder.parts.count }
    var isAtEnd: Bool { currentIndex >= decoder.parts.count }

    private mutating func advance() throws -> Int {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(Any.self, .init(codingPath: codingPath, debugDescription: "no more items"))
        }
        currentIndex += 1
        return currentIndex - 1
    }

    private mutating func next() throws -> ValueDecoder {
        let place = try advance()
        return decoder.nested(place, PathKey(intValue: place))
    }

    @inline(__always)
    private mutating func integer<Value: FixedWidthInteger>() throws -> Value {
        let place = try advance()
        return try decoder.integer(place, PathKey(intValue: place))
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, decoder.isNil(currentIndex) else { return false }
        currentIndex += 1
        return true
    }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let place = try advance()
        return try decoder.decode(type, place, PathKey(intValue: place))
    }
    mutating func decode(_ type: Bool.Type) throws -> Bool {
        let place = try advance()
        guard let value = decoder.boolean(place) else { throw decoder.mismatch(type, place, PathKey(intValue: place)) }
        return value
    }
    mutating func decode(_ type: String.Type) throws -> String {
        let place = try advance()
        guard let value = decoder.string(place) else { throw decoder.mismatch(type, place, PathKey(intValue: place)) }
        return value
    }
    mutating func decode(_ type: Double.Type) throws -> Double {
        let place = try advance()
        guard let value = decoder.double(place) else { throw decoder.mismatch(type, place, PathKey(intValue: place)) }
        return value
    }
    mutating func decode(_ type: Float.Type) throws -> Float {
        let place = try advance()
        guard let value = decoder.float(place) else { throw decoder.mismatch(type, place, PathKey(intValue: place)) }
        return value
    }
    mutating func decode(_ type: Int.Type) throws -> Int { try integer() }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

/// The value itself.
struct WholeValueContainer: SingleValueDecodingContainer {
    let decoder: ValueDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { ValueReading.isNil(decoder.value) }
    func decode(_ type: Bool.Type) throws -> Bool {
        guard let value = ValueReading.boolean(decoder.value) else { throw decoder.mismatch(type) }
        return value
    }
    func decode(_ type: String.Type) throws -> String {
        guard let value = ValueReading.string(decoder.value, decoder.node) else { throw decoder.mismatch(type) }
        return value
    }
    func decode(_ type: Double.Type) throws -> Double {
        guard let value = ValueReading.double(decoder.value) else { throw decoder.mismatch(type) }
        return value
    }
    func decode(_ type: Float.Type) throws -> Float {
        guard let value = ValueReading.float(decoder.value) else { throw decoder.mismatch(type) }
        return value
    }
    func decode(_ type: Int.Type) throws -> Int { try decoder.integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decode(type) }
}
