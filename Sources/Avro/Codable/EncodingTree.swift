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
        guard depth < depthMax else { throw AvroError(.depthMax, operation: "encode", detail: "the value is nested deeper than a decoder takes") }
        switch value {
        case let date as Date: return .date(date)
        case let uuid as UUID: return .uuid(uuid)
        case let data as Data: return .bytes(Array(data))
        case let bytes as [UInt8]: return .bytes(bytes)
        case let string as String: return .string(string)
        default:
            let encoder = TreeEncoder(depth: depth)
            try value.encode(to: encoder)
            return encoder.result.tree ?? .keyed(KeyedTree())
        }
    }
}

/// The members of a keyed container in the order in which they were written.
final class KeyedTree {
    var keys: [String] = []
    var values: [TreeSlot] = []

    func slot(_ key: String) -> TreeSlot {
        if let position = keys.firstIndex(of: key) { return values[position] }
        let slot = TreeSlot()
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
