/// One walk along a plan. The tables' memory is borrowed for as long as it takes.
struct RewriteRun {
    let nodes: UnsafeBufferPointer<RewritePlan.Node>
    let steps: UnsafeBufferPointer<RewritePlan.Step>
    let numbers: UnsafeBufferPointer<Int>
    let bytes: UnsafeRawBufferPointer
    /// How long the output may become.
    let limit: Int

    func node(_ index: Int, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        switch nodes[index] {
        case .pending: preconditionFailure("a plan with a hole")
        case .null: break
        case .boolean: out.writeBoolean(try reader.readBoolean())
        case .int: out.writeInt(try reader.readInt())
        case .long: out.writeLong(try reader.readLong())
        case .float: out.writeFloat(try reader.readFloat())
        case .double: out.writeDouble(try reader.readDouble())
        case .run, .fixed:
            let start = reader.offset
            try skip(index, &reader)
            out.append(reader.bytes(from: start))
        case .longToFloat: out.writeFloat(Float(try reader.readLong()))
        case .longToDouble: out.writeDouble(Double(try reader.readLong()))
        case .floatToDouble: out.writeDouble(Double(try reader.readFloat()))
        case .symbols(let map): out.writeInt(try symbol(map, &reader))
        case .record(let steps): try record(steps, &reader, &out)
        case .reordered(let fields, let output): try reordered(fields, output, &reader, &out)
        case .array(let item, let itemBytesMin):
            try blocks(itemBytesMin, &reader, &out) { reader, out throws(AvroError) in try self.node(item, &reader, &out) }
        case .map(let value, let valueBytesMin):
            try blocks(1 + valueBytesMin, &reader, &out) { reader, out throws(AvroError) in
                let start = reader.offset
                _ = try reader.readBytes()
                out.append(reader.bytes(from: start))
                try self.node(value, &reader, &out)
            }
        case .branches(let list):
            let branch = try reader.readBranch(list.count)
            let inner = numbers[list.start + branch]
            guard inner >= 0 else {
                throw reader.fault(.schemasIncompatible, "a value of the writer's branch \(branch), which the reader's schema cannot take")
            }
            try node(inner, &reader, &out)
        case .into(let branch, let inner):
            out.writeInt(branch)
            try node(inner, &reader, &out)
        case .nested(let inner):
            try reader.enter()
            try node(inner, &reader, &out)
            reader.leave()
        }
    }

    private func symbol(_ map: RewritePlan.List, _ reader: inout AvroReader) throws(AvroError) -> Int32 {
        let symbol = try reader.readBranch(map.count)
        let found = numbers[map.start + symbol]
        guard found >= 0 else {
            throw reader.fault(.schemasIncompatible, "the writer's symbol \(symbol), which the reader's enum does not have")
        }
        return Int32(truncatingIfNeeded: found)
    }

    private func record(_ list: RewritePlan.List, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        for index in list.range {
            switch steps[index] {
            case .copy(let fields): try copy(fields, &reader, &out)
            case .rewrite(let index): try node(index, &reader, &out)
            case .skip(let index): try skip(index, &reader)
            case .preset(let part): preset(part, &out)
            case .field: break
            }
        }
        try checkSize(reader, out)
    }

    private func preset(_ part: RewritePlan.List, _ out: inout AvroWriter) {
        out.append(UnsafeRawBufferPointer(rebasing: bytes[part.range]))
    }

    private func reordered(
        _ fields: RewritePlan.List, _ output: RewritePlan.List, _ reader: inout AvroReader, _ out: inout AvroWriter
    ) throws(AvroError) {
        var starts: [Int] = []
        starts.reserveCapacity(fields.count)
        for field in fields.range {
            starts.append(reader.offset)
            try skip(numbers[field], &reader)
        }
        let end = reader.offset
        for index in output.range {
            switch steps[index] {
            case .field(let position, let index):
                reader.move(to: starts[position])
                try node(index, &reader, &out)
            case .preset(let part): preset(part, &out)
            case .copy, .rewrite, .skip: break
            }
        }
        reader.move(to: end)
        try checkSize(reader, out)
    }

    private func blocks(
        _ itemBytesMin: Int, _ reader: inout AvroReader, _ out: inout AvroWriter,
        _ item: (inout AvroReader, inout AvroWriter) throws(AvroError) -> Void
    ) throws(AvroError) {
        var blocks = BlockCursor(itemBytesMin: itemBytesMin)
        try reader.enter()
        while true {
            let count = try reader.openBlock(&blocks)
            out.writeLong(Int64(count))
            if count == 0 { break }
            for _ in 0..<count {
                try item(&reader, &out)
                try checkSize(reader, out)
            }
        }
        reader.leave()
    }

    private func checkSize(_ reader: borrowing AvroReader, _ out: borrowing AvroWriter) throws(AvroError) {
        if out.count > limit { throw reader.fault(.memoryMax, "the rewritten datum is longer than memoryMax allows") }
    }

    /// Finds the end of fields that stay as they are, and copies them at once.
    private func copy(_ fields: RewritePlan.List, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        let start = reader.offset
        for field in fields.range { try skip(numbers[field], &reader) }
        out.append(reader.bytes(from: start))
        try checkSize(reader, out)
    }

    /// Leaves a place of the writer's schema behind: the plan of a schema onto itself.
    private func skip(_ index: Int, _ reader: inout AvroReader) throws(AvroError) {
        switch nodes[index] {
        case .pending: preconditionFailure("a plan with a hole")
        case .null: break
        case .boolean: _ = try reader.readBoolean()
        case .int: _ = try reader.readInt()
        case .long, .longToFloat, .longToDouble: try reader.skipLong()
        case .float, .floatToDouble: try reader.skip(4)
        case .double: try reader.skip(8)
        case .run(let validated): _ = validated ? try reader.readString() : try reader.readBytes()
        case .fixed(let size): try reader.skip(size)
        case .symbols(let map): _ = try reader.readBranch(map.count)
        case .record(let list):
            for index in list.range {
                switch steps[index] {
                case .copy(let fields): for field in fields.range { try skip(numbers[field], &reader) }
                case .rewrite(let index), .skip(let index): try skip(index, &reader)
                case .preset, .field: break
                }
            }
        case .reordered(let fields, _): for field in fields.range { try skip(numbers[field], &reader) }
        case .array(let item, let itemBytesMin): try skipBlocks(item, isMap: false, itemBytesMin, &reader)
        case .map(let value, let valueBytesMin): try skipBlocks(value, isMap: true, 1 + valueBytesMin, &reader)
        case .branches(let list): try skip(numbers[list.start + (try reader.readBranch(list.count))], &reader)
        case .into(_, let inner): try skip(inner, &reader)
        case .nested(let inner):
            try reader.enter()
            try skip(inner, &reader)
            reader.leave()
        }
    }

    private func skipBlocks(_ item: Int, isMap: Bool, _ itemBytesMin: Int, _ reader: inout AvroReader) throws(AvroError) {
        var blocks = BlockCursor(itemBytesMin: itemBytesMin)
        try reader.enter()
        while try reader.next(&blocks) {
            if isMap { try reader.skipBytes() }
            try skip(item, &reader)
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

    /// Goes to a byte that lies before the end: to read a field again in another order. Its items were counted already.
    mutating func move(to offset: Int) {
        precondition(offset >= 0 && offset <= end - base)
        cursor = base + offset
    }
}
