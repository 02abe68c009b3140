/// The fields of a record or the entries of a map.
struct FieldsContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let run: EncodingRun
    let serial: Int
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws { try run.append(.null, key.stringValue, serial) }
    func encode(_ value: Bool, forKey key: Key) throws { try run.append(.boolean(value), key.stringValue, serial) }
    func encode(_ value: String, forKey key: Key) throws { try run.append(value, key.stringValue, serial) }
    func encode(_ value: Double, forKey key: Key) throws { try run.append(.double(value), key.stringValue, serial) }
    func encode(_ value: Float, forKey key: Key) throws { try run.append(.float(value), key.stringValue, serial) }
    func encode(_ value: Int, forKey key: Key) throws { try run.append(Int64(value), key.stringValue, serial) }
    func encode(_ value: Int8, forKey key: Key) throws { try run.append(Int64(value), key.stringValue, serial) }
    func encode(_ value: Int16, forKey key: Key) throws { try run.append(Int64(value), key.stringValue, serial) }
    func encode(_ value: Int32, forKey key: Key) throws { try run.append(Int64(value), key.stringValue, serial) }
    func encode(_ value: Int64, forKey key: Key) throws { try run.append(value, key.stringValue, serial) }
    func encode(_ value: UInt, forKey key: Key) throws { try run.append(.unsigned(UInt64(value)), key.stringValue, serial) }
    func encode(_ value: UInt8, forKey key: Key) throws { try run.append(Int64(value), key.stringValue, serial) }
    func encode(_ value: UInt16, forKey key: Key) throws { try run.append(Int64(value), key.stringValue, serial) }
    func encode(_ value: UInt32, forKey key: Key) throws { try run.append(Int64(value), key.stringValue, serial) }
    func encode(_ value: UInt64, forKey key: Key) throws { try run.append(.unsigned(value), key.stringValue, serial) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try run.append(value, key.stringValue, serial) }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try optional(value.map { .boolean($0) }, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try optional(value.map { .double($0) }, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try optional(value.map { .float($0) }, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try optional(value.map { Int64($0) }, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try optional(value.map { Int64($0) }, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try optional(value.map { Int64($0) }, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try optional(value.map { Int64($0) }, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try optional(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try optional(value.map { .unsigned(UInt64($0)) }, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try optional(value.map { Int64($0) }, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try optional(value.map { Int64($0) }, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try optional(value.map { Int64($0) }, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try optional(value.map { .unsigned($0) }, key) }
    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        if let value { try run.append(value, key.stringValue, serial) } else { try run.appendAbsent(key.stringValue, serial) }
    }
    @inline(__always)
    private func optional(_ tree: EncodingTree?, _ key: Key) throws {
        if let tree { try run.append(tree, key.stringValue, serial) } else { try run.appendAbsent(key.stringValue, serial) }
    }
    @inline(__always)
    private func optional(_ text: String?, _ key: Key) throws {
        if let text { try run.append(text, key.stringValue, serial) } else { try run.appendAbsent(key.stringValue, serial) }
    }
    @inline(__always)
    private func optional(_ number: Int64?, _ key: Key) throws {
        if let number { try run.append(number, key.stringValue, serial) } else { try run.appendAbsent(key.stringValue, serial) }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        later(key.stringValue).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { later(key.stringValue).unkeyedContainer() }
    func superEncoder() -> any Encoder { later("super") }
    func superEncoder(forKey key: Key) -> any Encoder { later(key.stringValue) }
    private func later(_ key: String) -> TreeEncoder { TreeEncoder(depth: run.depth + 1, result: run.slot(key, serial)) }
}

/// The items of an array.
struct ElementsContainer: UnkeyedEncodingContainer {
    let run: EncodingRun
    let serial: Int
    var codingPath: [any CodingKey] { [] }
    var count: Int { run.frame.count }

    func encodeNil() throws { try run.append(.null, nil, serial) }
    func encode(_ value: Bool) throws { try run.append(.boolean(value), nil, serial) }
    func encode(_ value: String) throws { try run.append(value, nil, serial) }
    func encode(_ value: Double) throws { try run.append(.double(value), nil, serial) }
    func encode(_ value: Float) throws { try run.append(.float(value), nil, serial) }
    func encode(_ value: Int) throws { try run.append(Int64(value), nil, serial) }
    func encode(_ value: Int8) throws { try run.append(Int64(value), nil, serial) }
    func encode(_ value: Int16) throws { try run.append(Int64(value), nil, serial) }
    func encode(_ value: Int32) throws { try run.append(Int64(value), nil, serial) }
    func encode(_ value: Int64) throws { try run.append(value, nil, serial) }
    func encode(_ value: UInt) throws { try run.append(.unsigned(UInt64(value)), nil, serial) }
    func encode(_ value: UInt8) throws { try run.append(Int64(value), nil, serial) }
    func encode(_ value: UInt16) throws { try run.append(Int64(value), nil, serial) }
    func encode(_ value: UInt32) throws { try run.append(Int64(value), nil, serial) }
    func encode(_ value: UInt64) throws { try run.append(.unsigned(value), nil, serial) }
    func encode<Value: Encodable>(_ value: Value) throws { try run.append(value, nil, serial) }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        later().container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { later().unkeyedContainer() }
    func superEncoder() -> any Encoder { later() }
    private func later() -> TreeEncoder { TreeEncoder(depth: run.depth + 1, result: run.slot(nil, serial)) }
}

/// The value itself.
struct WholeContainer: SingleValueEncodingContainer {
    let run: EncodingRun
    let serial: Int
    var codingPath: [any CodingKey] { [] }

    func encodeNil() throws { try run.appendWhole(.null, serial) }
    func encode(_ value: Bool) throws { try run.appendWhole(.boolean(value), serial) }
    func encode(_ value: String) throws { try run.appendWhole(.string(value), serial) }
    func encode(_ value: Double) throws { try run.appendWhole(.double(value), serial) }
    func encode(_ value: Float) throws { try run.appendWhole(.float(value), serial) }
    func encode(_ value: Int) throws { try run.appendWhole(.integer(Int64(value)), serial) }
    func encode(_ value: Int8) throws { try run.appendWhole(.integer(Int64(value)), serial) }
    func encode(_ value: Int16) throws { try run.appendWhole(.integer(Int64(value)), serial) }
    func encode(_ value: Int32) throws { try run.appendWhole(.integer(Int64(value)), serial) }
    func encode(_ value: Int64) throws { try run.appendWhole(.integer(value), serial) }
    func encode(_ value: UInt) throws { try run.appendWhole(.unsigned(UInt64(value)), serial) }
    func encode(_ value: UInt8) throws { try run.appendWhole(.integer(Int64(value)), serial) }
    func encode(_ value: UInt16) throws { try run.appendWhole(.integer(Int64(value)), serial) }
    func encode(_ value: UInt32) throws { try run.appendWhole(.integer(Int64(value)), serial) }
    func encode(_ value: UInt64) throws { try run.appendWhole(.unsigned(value), serial) }
    func encode<Value: Encodable>(_ value: Value) throws { try run.appendWhole(value, serial) }
}
