/// One walk over one datum that writes it again as the reader's schema has it.
struct ResolutionTranslator {
    private let plan: ResolutionPlan
    private let nodes: UnsafeMutablePointer<ResolutionPlan.Node>
    private let skipper: Skipper
    private let outputMax: Int

    init(_ plan: ResolutionPlan, outputMax: Int) {
        self.plan = plan
        nodes = plan.nodes
        skipper = Skipper(plan)
        self.outputMax = outputMax
    }

    private func check(_ reader: borrowing AvroReader, _ out: borrowing AvroWriter, _ more: Int = 0) throws(AvroError) {
        if out.count + more > outputMax { throw reader.fault(.memoryMax, "the datum takes more than memoryMax (\(outputMax))") }
    }

    func value(_ index: Int32, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        let node = nodes + Int(index)
        if node.pointee.isIdentity {
            let start = reader.offset
            try skipper.skip(index, &reader)
            return out.append(UnsafeRawBufferPointer(start: reader.base + start, count: reader.offset - start))
        }
        switch node.pointee.operation {
        case .null: return
        case .boolean: out.writeBoolean(try reader.readBoolean())
        case .int, .intToLong: out.writeInt(try reader.readInt())
        case .long: out.writeLong(try reader.readLong())
        case .float: out.writeFloat(try reader.readFloat())
        case .double: out.writeDouble(try reader.readDouble())
        case .intToFloat: out.writeFloat(Float(try reader.readInt()))
        case .intToDouble: out.writeDouble(Double(try reader.readInt()))
        case .longToFloat: out.writeFloat(Float(try reader.readLong()))
        case .longToDouble: out.writeDouble(Double(try reader.readLong()))
        case .floatToDouble: out.writeDouble(Double(try reader.readFloat()))
        case .bytes: copy(try reader.readBytes(), reader, &out)
        case .string, .stringToBytes, .bytesToString: copy(try reader.readString(), reader, &out)
        case .fixed:
            let slice = try reader.readFixed(Int(node.pointee.a))
            out.append(UnsafeRawBufferPointer(start: reader.base + Int(slice.offset), count: Int(slice.count)))
        case .symbol:
            let position = plan.numbers[Int(node.pointee.a) + (try reader.readBranch(Int(node.pointee.b)))]
            guard position >= 0 else { throw reader.fault(.schemasIncompatible, "a symbol that the reader lacks and has no default for") }
            out.writeLong(Int64(position))
        case .union: try value(plan.numbers[Int(node.pointee.a) + (try reader.readBranch(Int(node.pointee.b)))], &reader, &out)
        case .wrap:
            out.writeLong(Int64(node.pointee.a))
            try value(node.pointee.b, &reader, &out)
        case .record: try record(node, &reader, &out)
        case .array, .map: try blocks(node, &reader, &out)
        case .impossible: throw reader.fault(.schemasIncompatible, plan.messages[Int(node.pointee.a)])
        }
    }

    private func copy(_ slice: Slice, _ reader: borrowing AvroReader, _ out: inout AvroWriter) {
        out.writeBytes(UnsafeRawBufferPointer(start: reader.base + Int(slice.offset), count: Int(slice.count)))
    }

    private func blocks(_ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        try reader.enter()
        let isMap = node.pointee.operation == .map
        var cursor = BlockCursor(itemBytesMin: Int(nodes[Int(node.pointee.a)].bytesMin) + (isMap ? 1 : 0))
        while true {
            let count = try reader.openBlock(&cursor)
            if count == 0 { break }
            out.writeLong(Int64(count))
            for _ in 0..<count {
                if isMap { copy(try reader.readString(), reader, &out) }
                try value(node.pointee.a, &reader, &out)
                try check(reader, out)
            }
        }
        out.writeByte(0)
        reader.leave()
    }

    private func record(_ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        try reader.enter()
        let start = out.count
        var ranges: [Range<Int>] = node.pointee.d == 0 ? [] : Array(repeating: 0..<0, count: Int(node.pointee.c))
        for index in 0..<Int(node.pointee.b) {
            let step = plan.steps[Int(node.pointee.a) + index]
            let from = out.count
            do throws(AvroError) {
                if step.position < 0 {
                    try skipper.skip(step.node, &reader)
                } else if step.node < 0 {
                    try check(reader, out, plan.fallbacks[Int(step.fallback)].count)
                    out.append(plan.fallbacks[Int(step.fallback)])
                } else {
                    try value(step.node, &reader, &out)
                }
            } catch {
                throw error.inside(plan.messages[Int(step.name)])
            }
            if node.pointee.d != 0, step.position >= 0 { ranges[Int(step.position)] = from..<out.count }
        }
        if node.pointee.d != 0 { out.reorder(from: start, ranges) }
        reader.leave()
    }
}

extension AvroWriter {
    /// Puts the parts of what was written since `start` into another order; together they are all of it.
    mutating func reorder(from start: Int, _ ranges: [Range<Int>]) {
        let size = written - start
        reserve(size)
        var at = written
        for range in ranges {
            (storage + at).copyMemory(from: storage + range.lowerBound, byteCount: range.count)
            at += range.count
        }
        (storage + start).copyMemory(from: storage + written, byteCount: size)
    }
}
