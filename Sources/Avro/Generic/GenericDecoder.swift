/// One walk over one datum that builds its value as the reader's schema has it.
struct GenericDecoder {
    private let tables: ResolutionTables
    private var nodes: UnsafeMutablePointer<ResolutionPlan.Node> { tables.nodes }
    private var memoryLeft: Int
    private let memoryMax: Int

    init(_ tables: ResolutionTables, memoryMax: Int) {
        self.tables = tables
        memoryLeft = memoryMax
        self.memoryMax = memoryMax
    }

    static func memoryMax(_ limits: DecodingLimits, _ count: Int) -> Int { limits.memoryMax ?? 128 * count + 1 << 20 }

    static func decode(_ plan: ResolutionPlan, _ bytes: RawSpan, _ limits: DecodingLimits) throws(AvroError) -> GenericValue {
        var reader = AvroReader(bytes, limits: limits)
        var decoder = GenericDecoder(plan.tables, memoryMax: memoryMax(limits, bytes.byteCount))
        let value = try decoder.value(plan.root, &reader)
        try reader.finish()
        return value
    }

    /// Takes memory from the budget before it is allocated.
    @inline(__always)
    private mutating func charge(_ bytes: Int, _ reader: borrowing AvroReader) throws(AvroError) {
        memoryLeft -= bytes
        if memoryLeft < 0 { throw reader.fault(.memoryMax, "the value takes more than memoryMax (\(memoryMax))") }
    }

    mutating func value(_ index: Int32, _ reader: inout AvroReader) throws(AvroError) -> GenericValue {
        let node = nodes + Int(index)
        switch node.pointee.operation {
        case .union:
            let child = tables.numbers[Int(node.pointee.a) + (try reader.readBranch(Int(node.pointee.b)))]
            let inner = nodes + Int(child)
            guard inner.pointee.operation == .wrap else { return try value(child, &reader) }
            return GenericValue(try content(inner.pointee.b, &reader), branch: inner.pointee.a)
        case .wrap: return GenericValue(try content(node.pointee.b, &reader), branch: node.pointee.a)
        default: return GenericValue(try content(index, &reader))
        }
    }

    private mutating func content(_ index: Int32, _ reader: inout AvroReader) throws(AvroError) -> GenericValue.Content {
        let node = nodes + Int(index)
        switch node.pointee.operation {
        case .string: return .string(try string(&reader))
        case .long: return .long(try reader.readLong())
        case .int: return .int(try reader.readInt())
        case .record: return .record(try record(node, &reader))
        case .null: return .null
        case .boolean: return .boolean(try reader.readBoolean())
        case .double: return .double(try reader.readDouble())
        case .float: return .float(try reader.readFloat())
        case .bytes: return .bytes(try bytes(reader.readBytes(), &reader))
        case .fixed: return .fixed(try bytes(reader.readFixed(Int(node.pointee.a)), &reader))
        case .symbol:
            let position = tables.numbers[Int(node.pointee.a) + (try reader.readBranch(Int(node.pointee.b)))]
            guard position >= 0 else { throw reader.fault(.schemasIncompatible, "a symbol that the reader lacks and has no default for") }
            return .symbol(position)
        case .array: return .array(try array(node, &reader))
        case .map: return .map(try map(node, &reader))
        case .intToLong: return .long(Int64(try reader.readInt()))
        case .intToFloat: return .float(Float(try reader.readInt()))
        case .intToDouble: return .double(Double(try reader.readInt()))
        case .longToFloat: return .float(Float(try reader.readLong()))
        case .longToDouble: return .double(Double(try reader.readLong()))
        case .floatToDouble: return .double(Double(try reader.readFloat()))
        case .stringToBytes: return .bytes(try bytes(reader.readString(), &reader))
        case .bytesToString: return .string(try string(&reader))
        case .impossible: throw reader.fault(.schemasIncompatible, tables.message(node.pointee.a))
        case .union, .wrap: return try value(index, &reader).content
        }
    }

    @inline(__always)
    private mutating func string(_ reader: inout AvroReader) throws(AvroError) -> String {
        let slice = try reader.readString()
        if slice.count > 15 { try charge(Int(slice.count) + 48, reader) }
        let start = (reader.base + Int(slice.offset)).assumingMemoryBound(to: UInt8.self)
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(slice.count)), as: UTF8.self)
    }

    private mutating func bytes(_ slice: Slice, _ reader: inout AvroReader) throws(AvroError) -> [UInt8] {
        if slice.isEmpty { return [] }
        try charge(Int(slice.count) + 48, reader)
        return [UInt8](UnsafeRawBufferPointer(start: reader.base + Int(slice.offset), count: Int(slice.count)))
    }

    private static let stride = MemoryLayout<GenericValue>.stride

    private mutating func record(_ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ reader: inout AvroReader) throws(AvroError)
        -> [GenericValue]
    {
        try reader.enter()
        let count = Int(node.pointee.c)
        if count > 0 { try charge(48 + count * Self.stride, reader) }
        var fields: [GenericValue] = []
        if node.pointee.d == 0 { fields.reserveCapacity(count) } else { fields = Array(repeating: .null, count: count) }
        let first = tables.steps + Int(node.pointee.a)
        for index in 0..<Int(node.pointee.b) {
            let step = first[index]
            do throws(AvroError) {
                if step.position < 0 {
                    try Skipper(tables).skip(step.node, &reader)
                    continue
                }
                let field = step.node < 0 ? try fallback(step, reader) : try value(step.node, &reader)
                if node.pointee.d == 0 { fields.append(field) } else { fields[Int(step.position)] = field }
            } catch {
                throw error.inside(tables.message(step.name))
            }
        }
        reader.leave()
        return fields
    }

    /// A default shares its memory with the plan; only what a union's place or a record's field takes is new.
    private func fallback(_ step: ResolutionPlan.Step, _ reader: borrowing AvroReader) throws(AvroError) -> GenericValue {
        tables.value(step.fallback)
    }

    /// Makes room for a block, charged for before it is allocated. What was held before is charged still: it is there until it is moved.
    private mutating func grow<Element>(_ elements: inout [Element], by count: Int, _ reader: borrowing AvroReader) throws(AvroError) {
        let needed = elements.count + count
        guard needed > elements.capacity else { return }
        let capacity = max(needed, 2 * elements.capacity)
        try charge(48 + capacity * MemoryLayout<Element>.stride, reader)
        elements.reserveCapacity(capacity)
    }

    private mutating func array(_ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ reader: inout AvroReader) throws(AvroError)
        -> [GenericValue]
    {
        try reader.enter()
        var items: [GenericValue] = []
        var blocks = BlockCursor(itemBytesMin: Int(nodes[Int(node.pointee.a)].bytesMin))
        while true {
            let count = try reader.openBlock(&blocks)
            if count == 0 { break }
            try grow(&items, by: count, reader)
            for _ in 0..<count { items.append(try value(node.pointee.a, &reader)) }
        }
        reader.leave()
        return items
    }

    private mutating func map(_ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ reader: inout AvroReader) throws(AvroError)
        -> [GenericValue.Entry]
    {
        try reader.enter()
        var entries: [GenericValue.Entry] = []
        var blocks = BlockCursor(itemBytesMin: 1 + Int(nodes[Int(node.pointee.a)].bytesMin))
        while true {
            let count = try reader.openBlock(&blocks)
            if count == 0 { break }
            try grow(&entries, by: count, reader)
            for _ in 0..<count {
                let key = try string(&reader)
                entries.append(GenericValue.Entry(key: key, value: try value(node.pointee.a, &reader)))
            }
        }
        reader.leave()
        return entries
    }
}
