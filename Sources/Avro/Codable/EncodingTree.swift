import FoundationEssentials

/// What an `Encodable` value said of itself, before a schema is applied.
enum EncodingTree {
    case null
    case boolean(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case float(Float)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case date(Date)
    case uuid(UUID)
    case keyed(KeyedTree)
    case unkeyed(UnkeyedTree)

    static let depthMax = 64

    static func make<Value: Encodable>(_ value: Value, depth: Int) throws -> EncodingTree {
        guard depth < depthMax else {
            throw AvroError(.depthMax, operation: "encode", detail: "the value is nested deeper than a decoder takes")
        }
        if let known = known(value) { return known }
        let encoder = TreeEncoder(depth: depth)
        try value.encode(to: encoder)
        return encoder.result.tree ?? .keyed(KeyedTree())
    }

    /// Of types that have a place of their own in Avro.
    static func known<Value: Encodable>(_ value: Value) -> EncodingTree? {
        if let text = exactly(value, String.self) { return .string(text) }
        if let date = exactly(value, Date.self) { return .date(date) }
        if let uuid = exactly(value, UUID.self) { return .uuid(uuid) }
        if let data = exactly(value, Data.self) { return .bytes(Array(data)) }
        if let bytes = exactly(value, [UInt8].self) { return .bytes(bytes) }
        return nil
    }

    /// A value of exactly this type; nil of any other. A cast of every value would cost more than the rest of its encoding.
    @inline(__always)
    static func exactly<Value, Wanted>(_ value: Value, _ type: Wanted.Type) -> Wanted? {
        Value.self == type ? unsafeBitCast(value, to: type) : nil
    }
}

/// The members of a keyed container in the order in which they were written.
final class KeyedTree {
    private(set) var keys: [String] = []
    private(set) var values: [TreeSlot] = []
    /// Where the keys are, once there are many.
    private var positions: [String: Int] = [:]

    func position(of key: String) -> Int? {
        if keys.count <= 8 { return keys.firstIndex(of: key) }
        if positions.isEmpty { for (position, key) in keys.enumerated() { positions[key] = position } }
        return positions[key]
    }

    func slot(_ key: String) -> TreeSlot {
        if let position = position(of: key) { return values[position] }
        let slot = TreeSlot()
        if !positions.isEmpty { positions[key] = keys.count }
        keys.append(key)
        values.append(slot)
        return slot
    }
}

/// The elements of an unkeyed container.
final class UnkeyedTree {
    var values: [TreeSlot] = []

    func slot() -> TreeSlot {
        let slot = TreeSlot()
        values.append(slot)
        return slot
    }
}

/// A place whose value may be filled in later, by a nested container.
final class TreeSlot {
    var tree: EncodingTree?

    init(_ tree: EncodingTree? = nil) {
        self.tree = tree
    }
}
