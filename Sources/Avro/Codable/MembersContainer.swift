/// The fields of a record or the entries of a map.
///
/// Generic in the key alone: all else is done by the decoder, in code that is compiled once and looks up no metadata.
struct MembersContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ValueDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { decoder.names.compactMap { Key(stringValue: $0) } }

    private func place(_ key: Key) throws -> Int {
        let place = decoder.find(key.stringValue)
        if place < 0 { throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "no such field")) }
        return place
    }

    /// Where a field is that is there and not null.
    private func present(_ key: Key) -> Int? {
        let place = decoder.find(key.stringValue)
        return place < 0 || decoder.isNil(place) ? nil : place
    }

    func contains(_ key: Key) -> Bool { decoder.find(key.stringValue) >= 0 }
    func decodeNil(forKey key: Key) throws -> Bool { decoder.isNil(try place(key)) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try decoder.decode(type, try place(key), key) }
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try present(key).map { try decoder.decode(type, $0, key) }
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        let place = try place(key)
        guard let value = decoder.boolean(place) else { throw decoder.mismatch(type, place, key) }
        return value
    }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        guard let place = present(key) else { return nil }
        guard let value = decoder.boolean(place) else { throw decoder.mismatch(type, place, key) }
        return value
    }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        let place = try place(key)
        guard let value = decoder.string(place) else { throw decoder.mismatch(type, place, key) }
        return value
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let place = present(key) else { return nil }
        guard let value = decoder.string(place) else { throw decoder.mismatch(type, place, key) }
        return value
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        let place = try place(key)
        guard let value = decoder.double(place) else { throw decoder.mismatch(type, place, key) }
        return value
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        guard let place = present(key) else { return nil }
        guard let value = decoder.double(place) else { throw decoder.mismatch(type, place, key) }
        return value
    }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        let place = try place(key)
        guard let value = decoder.float(place) else { throw decoder.mismatch(type, place, key) }
        return value
    }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
        guard let place = present(key) else { return nil }
        guard let value = decoder.float(place) else { throw decoder.mismatch(type, place, key) }
        return value
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try present(key).map { try decoder.integer($0, key) } }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try present(key).map { try decoder.integer($0, key) } }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try present(key).map { try decoder.integer($0, key) } }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try present(key).map { try decoder.integer($0, key) } }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try present(key).map { try decoder.integer($0, key) } }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try present(key).map { try decoder.integer($0, key) } }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try present(key).map { try decoder.integer($0, key) } }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try present(key).map { try decoder.integer($0, key) } }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try present(key).map { try decoder.integer($0, key) } }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoder.integer(try place(key), key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try present(key).map { try decoder.integer($0, key) } }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        try decoder.nested(try place(key), key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder.nested(try place(key), key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { decoder.nested(try place(key), key) }
}
