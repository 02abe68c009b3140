import FoundationEssentials

/// What generic values are in Swift's types; nil where they are not.
///
/// Never inlined: the optimizer of Swift 6.3 aborts over a `switch` on a value that it has borrowed from a class ("outside of lifetime use").
enum ValueReading {
    @inline(never)
    static func isNil(_ value: GenericValue) -> Bool {
        if case .null = value.content { true } else { false }
    }

    @inline(never)
    static func boolean(_ value: GenericValue) -> Bool? {
        if case .boolean(let flag) = value.content { flag } else { nil }
    }

    @inline(never)
    static func long(_ value: GenericValue) -> Int64? {
        switch value.content {
        case .int(let number): Int64(number)
        case .long(let number): number
        default: nil
        }
    }

    @inline(never)
    static func double(_ value: GenericValue) -> Double? {
        switch value.content {
        case .double(let number): number
        case .float(let number): Double(number)
        case .int(let number): Double(number)
        case .long(let number): Double(number)
        default: nil
        }
    }

    @inline(never)
    static func float(_ value: GenericValue) -> Float? {
        if case .float(let number) = value.content { return number }
        return double(value).map { Float($0) }
    }

    @inline(never)
    static func string(_ value: GenericValue, _ node: CodingNode) -> String? {
        switch value.content {
        case .string(let text): return text
        case .symbol(let position): return node.symbols.indices.contains(Int(position)) ? node.symbols[Int(position)] : nil
        case .bytes(let bytes), .fixed(let bytes):
            guard case .decimal(_, let scale) = node.logicalType else { return nil }
            return bytes.withUnsafeBytes { DecimalText.text($0, scale: scale) }
        default: return nil
        }
    }

    @inline(never)
    static func bytes(_ value: GenericValue) -> [UInt8]? {
        switch value.content {
        case .bytes(let bytes), .fixed(let bytes): bytes
        default: nil
        }
    }

    private static func uuid(_ value: GenericValue) -> UUID? {
        if case .string(let text) = value.content { return UUID(uuidString: text) }
        guard case .fixed(let b) = value.content, b.count == 16 else { return nil }
        return UUID(uuid: (b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]))
    }

    /// Whether a type is read here and nowhere else.
    static func isKnown(_ type: Any.Type) -> Bool { type == Date.self || type == UUID.self || type == Data.self || type == String.self }

    /// The value of a type that has a place of its own in Avro, or that is read often; nil for others and where it does not fit.
    static func known<Value: Decodable>(_ type: Value.Type, _ value: GenericValue, _ node: CodingNode) throws -> Value? {
        if type == String.self { return string(value, node) as? Value }
        if type == Date.self { return long(value).flatMap { TimeUnits.date($0, node.logicalType) } as? Value }
        if type == UUID.self { return uuid(value) as? Value }
        if type == Data.self { return bytes(value).map { Data($0) } as? Value }
        if type == [UInt8].self { return bytes(value) as? Value }
        if type == [String: String].self { return texts(value) as? Value }
        return nil
    }

    /// A map of texts without a container for it.
    private static func texts(_ value: GenericValue) -> [String: String]? {
        guard case .map(let entries) = value.content else { return nil }
        var texts: [String: String] = [:]
        texts.reserveCapacity(entries.count)
        for entry in entries {
            guard case .string(let text) = entry.value.content else { return nil }
            texts[entry.key] = text
        }
        return texts
    }
}
