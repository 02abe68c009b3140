import Avro

/// A small generator of random numbers whose seed is all there is to it.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}

/// Random data of any schema in binary encoding, arrays in one block.
enum RandomDatum {
    static func append(_ schema: Schema, to out: inout AvroWriter, depth: Int = 0, using random: inout SplitMix) {
        switch schema.kind {
        case .null: break
        case .boolean: out.writeBoolean(.random(using: &random))
        case .int: out.writeInt(Int32(truncatingIfNeeded: number(using: &random)))
        case .long: out.writeLong(number(using: &random))
        case .float: out.writeFloat(.random(in: -1e6...1e6, using: &random))
        case .double: out.writeDouble(.random(in: -1e9...1e9, using: &random))
        case .bytes: out.writeBytes((0..<Int.random(in: 0...20, using: &random)).map { _ in .random(in: 0...255, using: &random) })
        case .string: out.writeString(text(using: &random))
        case .enum: out.writeInt(.random(in: 0..<Int32(schema.symbols.count), using: &random))
        case .fixed: out.append((0..<schema.size).map { _ in .random(in: 0...255, using: &random) })
        case .array, .map:
            let count = depth > 4 ? 0 : Int.random(in: 0...3, using: &random)
            if count > 0 { out.writeLong(Int64(count)) }
            for _ in 0..<count {
                if schema.kind == .map { out.writeString(text(using: &random)) }
                if let item = schema.items ?? schema.values { append(item, to: &out, depth: depth + 1, using: &random) }
            }
            out.writeByte(0)
        case .union:
            let branches = schema.branches
            let simple = branches.indices.filter { branches[$0].kind != .record }
            let branch = (depth > 4 ? simple : Array(branches.indices)).randomElement(using: &random) ?? 0
            out.writeInt(Int32(branch))
            append(branches[branch], to: &out, depth: depth + 1, using: &random)
        case .record: for field in schema.fields { append(field.schema, to: &out, depth: depth + 1, using: &random) }
        }
    }

    private static func number(using random: inout SplitMix) -> Int64 {
        let bits = UInt64.random(in: 0..<64, using: &random)
        return Int64(bitPattern: random.next()) >> Int64(bits)
    }

    private static func text(using random: inout SplitMix) -> String {
        let alphabet: [Character] = ["a", "b", "z", "0", "ß", "€", "😀", "\u{0}"]
        let isPlain = Bool.random(using: &random)
        return String(
            (0..<Int.random(in: 0...24, using: &random)).map { _ in isPlain ? "a" : alphabet.randomElement(using: &random) ?? "a" })
    }
}
