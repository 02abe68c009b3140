/// Collects an ``EncodingTree``.
struct TreeEncoder: Encoder {
    let result: TreeSlot
    let depth: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(depth: Int, result: TreeSlot = TreeSlot()) {
        self.depth = depth
        self.result = result
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .keyed(let tree) = result.tree { return KeyedEncodingContainer(TreeKeyedContainer(tree: tree, depth: depth)) }
        let tree = KeyedTree()
        result.tree = .keyed(tree)
        return KeyedEncodingContainer(TreeKeyedContainer(tree: tree, depth: depth))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .unkeyed(let tree) = result.tree { return TreeUnkeyedContainer(tree: tree, depth: depth) }
        let tree = UnkeyedTree()
        result.tree = .unkeyed(tree)
        return TreeUnkeyedContainer(tree: tree, depth: depth)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { TreeSingleContainer(slot: result, depth: depth) }
}

struct TreeKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let tree: KeyedTree
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { tree.slot(key.stringValue).tree = .null }
    func encode(_ value: Bool, forKey key: Key) { tree.slot(key.stringValue).tree = .boolean(value) }
    func encode(_ value: String, forKey key: Key) { tree.slot(key.stringValue).tree = .string(value) }
    func encode(_ value: Double, forKey key: Key) { tree.slot(key.stringValue).tree = .double(value) }
    func encode(_ value: Float, forKey key: Key) { tree.slot(key.stringValue).tree = .float(value) }
    func encode(_ value: Int, forKey key: Key) { tree.slot(key.stringValue).tree = .integer(Int64(value)) }
    func encode(_ value: Int8, forKey key: Key) { tree.slot(key.stringValue).tree = .integer(Int64(value)) }
    func encode(_ value: Int16, forKey key: Key) { tree.slot(key.stringValue).tree = .integer(Int64(value)) }
    func encode(_ value: Int32, forKey key: Key) { tree.slot(key.stringValue).tree = .integer(Int64(value)) }
    func encode(_ value: Int64, forKey key: Key) { tree.slot(key.stringValue).tree = .integer(value) }
    func encode(_ value: UInt, forKey key: Key) { tree.slot(key.stringValue).tree = .unsigned(UInt64(value)) }
    func encode(_ value: UInt8, forKey key: Key) { tree.slot(key.stringValue).tree = .integer(Int64(value)) }
    func encode(_ value: UInt16, forKey key: Key) { tree.slot(key.stringValue).tree = .integer(Int64(value)) }
    func encode(_ value: UInt32, forKey key: Key) { tree.slot(key.stringValue).tree = .integer(Int64(value)) }
    func encode(_ value: UInt64, forKey key: Key) { tree.slot(key.stringValue).tree = .unsigned(value) }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        tree.slot(key.stringValue).tree = try EncodingTree.make(value, depth: depth + 1)
    }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        TreeEncoder(depth: depth + 1, result: tree.slot(key.stringValue)).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        TreeEncoder(depth: depth + 1, result: tree.slot(key.stringValue)).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { TreeEncoder(depth: depth + 1, result: tree.slot("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { TreeEncoder(depth: depth + 1, result: tree.slot(key.stringValue)) }
}

struct TreeUnkeyedContainer: UnkeyedEncodingContainer {
    let tree: UnkeyedTree
    let depth: Int
    var codingPath: [any CodingKey] { [] }
    var count: Int { tree.values.count }

    func encodeNil() { tree.slot().tree = .null }
    func encode(_ value: Bool) { tree.slot().tree = .boolean(value) }
    func encode(_ value: String) { tree.slot().tree = .string(value) }
    func encode(_ value: Double) { tree.slot().tree = .double(value) }
    func encode(_ value: Float) { tree.slot().tree = .float(value) }
    func encode(_ value: Int) { tree.slot().tree = .integer(Int64(value)) }
    func encode(_ value: Int8) { tree.slot().tree = .integer(Int64(value)) }
    func encode(_ value: Int16) { tree.slot().tree = .integer(Int64(value)) }
    func encode(_ value: Int32) { tree.slot().tree = .integer(Int64(value)) }
    func encode(_ value: Int64) { tree.slot().tree = .integer(value) }
    func encode(_ value: UInt) { tree.slot().tree = .unsigned(UInt64(value)) }
    func encode(_ value: UInt8) { tree.slot().tree = .integer(Int64(value)) }
    func encode(_ value: UInt16) { tree.slot().tree = .integer(Int64(value)) }
    func encode(_ value: UInt32) { tree.slot().tree = .integer(Int64(value)) }
    func encode(_ value: UInt64) { tree.slot().tree = .unsigned(value) }
    func encode<Value: Encodable>(_ value: Value) throws { tree.slot().tree = try EncodingTree.make(value, depth: depth + 1) }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        TreeEncoder(depth: depth + 1, result: tree.slot()).container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { TreeEncoder(depth: depth + 1, result: tree.slot()).unkeyedContainer() }
    func superEncoder() -> any Encoder { TreeEncoder(depth: depth + 1, result: tree.slot()) }
}

struct TreeSingleContainer: SingleValueEncodingContainer {
    let slot: TreeSlot
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { slot.tree = .null }
    func encode(_ value: Bool) { slot.tree = .boolean(value) }
    func encode(_ value: String) { slot.tree = .string(value) }
    func encode(_ value: Double) { slot.tree = .double(value) }
    func encode(_ value: Float) { slot.tree = .float(value) }
    func encode(_ value: Int) { slot.tree = .integer(Int64(value)) }
    func encode(_ value: Int8) { slot.tree = .integer(Int64(value)) }
    func encode(_ value: Int16) { slot.tree = .integer(Int64(value)) }
    func encode(_ value: Int32) { slot.tree = .integer(Int64(value)) }
    func encode(_ value: Int64) { slot.tree = .integer(value) }
    func encode(_ value: UInt) { slot.tree = .unsigned(UInt64(value)) }
    func encode(_ value: UInt8) { slot.tree = .integer(Int64(value)) }
    func encode(_ value: UInt16) { slot.tree = .integer(Int64(value)) }
    func encode(_ value: UInt32) { slot.tree = .integer(Int64(value)) }
    func encode(_ value: UInt64) { slot.tree = .unsigned(value) }
    func encode<Value: Encodable>(_ value: Value) throws { slot.tree = try EncodingTree.make(value, depth: depth + 1) }
}
