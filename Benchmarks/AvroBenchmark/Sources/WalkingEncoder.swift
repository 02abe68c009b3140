/// Takes whatever a value tells of itself, and does nothing with it: what Swift's protocol costs by itself.
struct WalkingEncoder: Encoder {
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> { KeyedEncodingContainer(WalkingFields()) }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { WalkingItems() }
    func singleValueContainer() -> any SingleValueEncodingContainer { WalkingItems() }
}

/// Of each field the name is asked for, as any encoder must.
struct WalkingFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    var codingPath: [any CodingKey] { [] }

    @inline(never) private func take(_ key: String) {}

    func encodeNil(forKey key: Key) { take(key.stringValue) }
    func encode(_ value: Bool, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: String, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: Double, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: Float, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: Int, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: Int8, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: Int16, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: Int32, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: Int64, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: UInt, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: UInt8, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: UInt16, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: UInt32, forKey key: Key) { take(key.stringValue) }
    func encode(_ value: UInt64, forKey key: Key) { take(key.stringValue) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        take(key.stringValue)
        try value.encode(to: WalkingEncoder())
    }
    func encodeIfPresent(_ value: String?, forKey key: Key) { take(key.stringValue) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) { take(key.stringValue) }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(WalkingFields<Nested>())
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { WalkingItems() }
    func superEncoder() -> any Encoder { WalkingEncoder() }
    func superEncoder(forKey key: Key) -> any Encoder { WalkingEncoder() }
}

/// The items of an array, and single values.
struct WalkingItems: UnkeyedEncodingContainer, SingleValueEncodingContainer {
    var codingPath: [any CodingKey] { [] }
    var count: Int { 0 }

    func encodeNil() {}
    func encode(_ value: Bool) {}
    func encode(_ value: String) {}
    func encode(_ value: Double) {}
    func encode(_ value: Float) {}
    func encode(_ value: Int) {}
    func encode(_ value: Int8) {}
    func encode(_ value: Int16) {}
    func encode(_ value: Int32) {}
    func encode(_ value: Int64) {}
    func encode(_ value: UInt) {}
    func encode(_ value: UInt8) {}
    func encode(_ value: UInt16) {}
    func encode(_ value: UInt32) {}
    func encode(_ value: UInt64) {}
    func encode<Value: Encodable>(_ value: Value) throws { try value.encode(to: WalkingEncoder()) }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(WalkingFields<Nested>())
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { WalkingItems() }
    func superEncoder() -> any Encoder { WalkingEncoder() }
}
