/// Carries data over from the writer's layout to the reader's, by a tables. Depth is bounded as in every decode.
struct Rewriting {
    private let tables: ResolutionTables
    /// How long the output may become.
    private let limit: Int

    private var nodes: UnsafeMutablePointer<ResolutionPlan.Node> { tables.nodes }

    init(_ tables: ResolutionTables, limit: Int) {
        self.tables = tables
        self.limit = limit
    }

    func append(_ index: Int32, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        let node = nodes + Int(index)
        if node.pointee.isIdentity { return try copy(index, &reader, &out) }
        switch node.pointee.operation {
        case .record where node.pointee.d == 0: try record(node, &reader, &out)
        case .record: try reordered(node, &reader, &out)
        case .array, .map: try blocks(node, &reader, &out)
        case .union: try append(tables.numbers[Int(node.pointee.a) + (try reader.readBranch(Int(node.pointee.b)))], &reader, &out)
        case .wrap:
            out.writeInt(node.pointee.a)
            try append(node.pointee.b, &reader, &out)
        case .symbol:
            let position = tables.numbers[Int(node.pointee.a) + (try reader.readBranch(Int(node.pointee.b)))]
            guard position >= 0 else { throw reader.fault(.schemasIncompatible, "a symbol that the reader lacks and has no default for") }
            out.writeInt(position)
        case .intToLong: out.writeLong(Int64(try reader.readInt()))
        case .intToFloat: out.writeFloat(Float(try reader.readInt()))
        case .intToDouble: out.writeDouble(Double(try reader.readInt()))
        case .longToFloat: out.writeFloat(Float(try reader.readLong()))
        case .longToDouble: out.writeDouble(Double(try reader.readLong()))
        case .floatToDouble: out.writeDouble(Double(try reader.readFloat()))
        case .impossible: throw reader.fault(.schemasIncompatible, tables.message(node.pointee.a))
        case .stringToBytes, .bytesToString, .null, .boolean, .int, .long, .float, .double, .bytes, .string, .fixed:
            try copy(index, &reader, &out)
        }
    }

    /// The reader's default of a step, in binary form.
    private func appendFallback(_ number: Int32, _ reader: borrowing AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        out.append(tables.fallback(number))
        try checkSize(reader, out)
    }

    private func copy(_ index: Int32, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        let start = reader.offset
        try Skipper(tables).skip(index, &reader)
        out.append(reader.bytes(from: start))
        try checkSize(reader, out)
    }

    private func checkSize(_ reader: borrowing AvroReader, _ out: borrowing AvroWriter) throws(AvroError) {
        if out.count > limit { throw reader.fault(.memoryMax, "the result is longer than memoryMax allows") }
    }

    /// Fields that stay as they are and stand beside each other are copied as one run.
    private func record(_ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter)
        throws(AvroError)
    {
        try reader.enter()
        var run = reader.offset
        for index in Int(node.pointee.a)..<Int(node.pointee.a + node.pointee.b) {
            let step = tables.steps[index]
            do throws(AvroError) {
                if step.node >= 0, step.position >= 0, nodes[Int(step.node)].isIdentity {
                    try Skipper(tables).skip(step.node, &reader)
                    continue
                }
                out.append(reader.bytes(from: run))
                if step.node < 0 {
                    try appendFallback(step.fallback, reader, &out)
                } else if step.position < 0 {
                    try Skipper(tables).skip(step.node, &reader)
                } else {
                    try append(step.node, &reader, &out)
                }
                run = reader.offset
            } catch {
                throw error.inside(tables.message(step.name))
            }
        }
        out.append(reader.bytes(from: run))
        try checkSize(reader, out)
        reader.leave()
    }

    /// Finds where each field is, then reads them in the reader's order.
    private func reordered(_ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter)
        throws(AvroError)
    {
        try reader.enter()
        var places = [(start: Int, step: Int)](repeating: (0, 0), count: Int(node.pointee.c))
        for index in Int(node.pointee.a)..<Int(node.pointee.a + node.pointee.b) {
            let step = tables.steps[index]
            if step.position >= 0 { places[Int(step.position)] = (reader.offset, index) }
            if step.node >= 0 { try Skipper(tables).skip(step.node, &reader) }
        }
        let end = reader.offset
        for place in places {
            let step = tables.steps[place.step]
            do throws(AvroError) {
                if step.node < 0 {
                    try appendFallback(step.fallback, reader, &out)
                } else {
                    reader.move(to: place.start)
                    try append(step.node, &reader, &out)
                }
            } catch {
                throw error.inside(tables.message(step.name))
            }
        }
        reader.move(to: end)
        reader.leave()
    }

    private func blocks(_ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter)
        throws(AvroError)
    {
        try reader.enter()
        let isMap = node.pointee.operation == .map
        var blocks = BlockCursor(itemBytesMin: Int(nodes[Int(node.pointee.a)].bytesMin) + (isMap ? 1 : 0))
        while true {
            let count = try reader.openBlock(&blocks)
            out.writeLong(Int64(count))
            if count == 0 { break }
            for _ in 0..<count {
                if isMap {
                    let start = reader.offset
                    _ = try reader.readString()
                    out.append(reader.bytes(from: start))
                }
                try append(node.pointee.a, &reader, &out)
                try checkSize(reader, out)
            }
        }
        reader.leave()
    }
}

extension AvroReader {
    /// The bytes from an offset to where the reader is.
    @_lifetime(copy self)
    func bytes(from offset: Int) -> RawSpan {
        let span = RawSpan(_unsafeStart: base + offset, byteCount: cursor - base - offset)
        return _overrideLifetime(span, copying: self)
    }

    /// Goes to a byte that lies before the end.
    @usableFromInline
    mutating func move(to offset: Int) {
        precondition(offset >= 0 && offset <= end - base)
        cursor = base + offset
    }
}
