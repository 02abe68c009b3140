/// The fields of a record or the entries of a map.
struct FieldsContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws { try encoder.append(.null, key.stringValue) }
    func encode(_ value: Bool, forKey key: Key) throws { try encoder.append(.boolean(value), key.stringValue) }
    func encode(_ value: String, forKey key: Key) throws { try encoder.append(.string(value), key.stringValue) }
    func encode(_ value: Double, forKey key: Key) throws { try encoder.append(.double(value), key.stringValue) }
    func encode(_ value: Float, forKey key: Key) throws { try encoder.append(.float(value), key.stringValue) }
    func encode(_ value: Int, forKey key: Key) throws { try encoder.append(.integer(Int64(value)), key.stringValue) }
    func encode(_ value: Int8, forKey key: Key) throws { try encoder.append(.integer(Int64(value)), key.stringValue) }
    func encode(_ value: Int16, forKey key: Key) throws { try encoder.append(.integer(Int64(value)), key.stringValue) }
    func encode(_ value: Int32, forKey key: Key) throws { try encoder.append(.integer(Int64(value)), key.stringValue) }
    func encode(_ value: Int64, forKey key: Key) throws { try encoder.append(.integer(value), key.stringValue) }
    func encode(_ value: UInt, forKey key: Key) throws { try encoder.append(.unsigned(UInt64(value)), key.stringValue) }
    func encode(_ value: UInt8, forKey key: Key) throws { try encoder.append(.integer(Int64(value)), key.stringValue) }
    func encode(_ value: UInt16, forKey key: Key) throws { try encoder.append(.integer(Int64(value)), key.stringValue) }
    func encode(_ value: UInt32, forKey key: Key) throws { try encoder.append(.integer(Int64(value)), key.stringValue) }
    func encode(_ value: UInt64, forKey key: Key) throws { try encoder.append(.unsigned(value), key.stringValue) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try encoder.append(value, key.stringValue) }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try optional(value.map { value in .boolean(value) }, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try optional(value.map { value in .string(value) }, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try optional(value.map { value in .double(value) }, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try optional(value.map { value in .float(value) }, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try optional(value.map { value in .integer(Int64(value)) }, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try optional(value.map { value in .integer(Int64(value)) }, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try optional(value.map { value in .integer(Int64(value)) }, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try optional(value.map { value in .integer(Int64(value)) }, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try optional(value.map { value in .integer(value) }, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try optional(value.map { value in .unsigned(UInt64(value)) }, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try optional(value.map { value in .integer(Int64(value)) }, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try optional(value.map { value in .integer(Int64(value)) }, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try optional(value.map { value in .integer(Int64(value)) }, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try optional(value.map { value in .unsigned(value) }, key) }
    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        if let value { try encoder.append(value, key.stringValue) } else { try encoder.appendAbsent(key.stringValue) }
    }
    private func optional(_ tree: EncodingTree?, _ key: Key) throws {
        if let tree { try encoder.append(tree, key.stringValue) } else { try encoder.appendAbsent(key.stringValue) }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        later(key.stringValue).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { later(key.stringValue).unkeyedContainer() }
    func superEncoder() -> any Encoder { later("super") }
    func superEncoder(forKey key: Key) -> any Encoder { later(key.stringValue) }
    private func later(_ key: String) -> TreeEncoder { TreeEncoder(depth: encoder.depth + 1, result: encoder.slot(key)) }
}

/// The items of an array.
struct ElementsContainer: UnkeyedEncodingContainer {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { [] }
    var count: Int { encoder.count }

    func encodeNil() throws { try encoder.append(.null, nil) }
    func encode(_ value: Bool) throws { try encoder.append(.boolean(value), nil) }
    func encode(_ value: String) throws { try encoder.append(.string(value), nil) }
    func encode(_ value: Double) throws { try encoder.append(.double(value), nil) }
    func encode(_ value: Float) throws { try encoder.append(.float(value), nil) }
    func encode(_ value: Int) throws { try encoder.append(.integer(Int64(value)), nil) }
    func encode(_ value: Int8) throws { try encoder.append(.integer(Int64(value)), nil) }
    func encode(_ value: Int16) throws { try encoder.append(.integer(Int64(value)), nil) }
    func encode(_ value: Int32) throws { try encoder.append(.integer(Int64(value)), nil) }
    func encode(_ value: Int64) throws { try encoder.append(.integer(value), nil) }
    func encode(_ value: UInt) throws { try encoder.append(.unsigned(UInt64(value)), nil) }
    func encode(_ value: UInt8) throws { try encoder.append(.integer(Int64(value)), nil) }
    func encode(_ value: UInt16) throws { try encoder.append(.integer(Int64(value)), nil) }
    func encode(_ value: UInt32) throws { try encoder.append(.integer(Int64(value)), nil) }
    func encode(_ value: UInt64) throws { try encoder.append(.unsigned(value), nil) }
    func encode<Value: Encodable>(_ value: Value) throws { try encoder.append(value, nil) }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        later().container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { later().unkeyedContainer() }
    func superEncoder() -> any Encoder { later() }
    private func later() -> TreeEncoder { TreeEncoder(depth: encoder.depth + 1, result: encoder.slot(nil)) }
}

/// The value itself.
struct WholeContainer: SingleValueEncodingContainer {
    let encoder: ValueEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil() throws { try encoder.appendWhole(.null) }
    func encode(_ value: Bool) throws { try encoder.appendWhole(.boolean(value)) }
    func encode(_ value: String) throws { try encoder.appendWhole(.string(value)) }
    func encode(_ value: Double) throws { try encoder.appendWhole(.double(value)) }
    func encode(_ value: Float) throws { try encoder.appendWhole(.float(value)) }
    func encode(_ value: Int) throws { try encoder.appendWhole(.integer(Int64(value))) }
    func encode(_ value: Int8) throws { try encoder.appendWhole(.integer(Int64(value))) }
    func encode(_ value: Int16) throws { try encoder.appendWhole(.integer(Int64(value))) }
    func encode(_ value: Int32) throws { try encoder.appendWhole(.integer(Int64(value))) }
    func encode(_ value: Int64) throws { try encoder.appendWhole(.integer(value)) }
    func encode(_ value: UInt) throws { try encoder.appendWhole(.unsigned(UInt64(value))) }
    func encode(_ value: UInt8) throws { try encoder.appendWhole(.integer(Int64(value))) }
    func encode(_ value: UInt16) throws { try encoder.appendWhole(.integer(Int64(value))) }
    func encode(_ value: UInt32) throws { try encoder.appendWhole(.integer(Int64(value))) }
    func encode(_ value: UInt64) throws { try encoder.appendWhole(.unsigned(value)) }
    func encode<Value: Encodable>(_ value: Value) throws { try encoder.appendWhole(value) }
}
