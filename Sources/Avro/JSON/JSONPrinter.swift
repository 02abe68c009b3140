/// One walk over one datum.
struct JSONPrinter {
    let nodes: UnsafeMutablePointer<JSONPlan.Node>
    let fields: UnsafeMutablePointer<JSONPlan.Field>
    let names: UnsafeMutablePointer<JSONPlan.Text>
    let numbers: UnsafeMutablePointer<Int32>
    let text: UnsafeMutablePointer<UInt8>
    let plan: JSONPlan
    let isTagged: Bool
    let outputMax: Int

    init(_ plan: JSONPlan, outputMax: Int) {
        self.plan = plan
        nodes = plan.nodes
        fields = plan.fields
        names = plan.names
        numbers = plan.numbers
        text = plan.text
        isTagged = plan.form == .tagged
        self.outputMax = outputMax
    }

    func value(_ index: Int32, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        let node = nodes + Int(index)
        switch node.pointee.operation {
        case .record: try record(node, &reader, &out)
        case .string: try string(&reader, &out)
        case .nullable:
            if try reader.readBranch(2) == Int(node.pointee.a) { return word("null", &out) }
            try value(node.pointee.c, &reader, &out)
        case .long: Self.append(try reader.readLong(), to: &out)
        case .int: Self.append(Int64(try reader.readInt()), to: &out)
        case .double: append(try reader.readDouble(), to: &out)
        case .float: append(try reader.readFloat(), to: &out)
        case .boolean: word(try reader.readBoolean() ? "true" : "false", &out)
        case .null: word("null", &out)
        case .array: try array(node, &reader, &out)
        case .map: try map(node, &reader, &out)
        case .union: try union(node, &reader, &out)
        case .symbol:
            let position = try reader.readBranch(Int(node.pointee.b))
            quoted(names[Int(node.pointee.a) + position], &out)
        case .bytes: try bytes(reader.readBytes(), &reader, &out)
        case .fixed: try bytes(reader.readFixed(Int(node.pointee.a)), &reader, &out)
        default: try logical(node, &reader, &out)
        }
    }

    @inline(__always)
    func word(_ text: StaticString, _ out: inout AvroWriter) {
        out.append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private func quoted(_ name: JSONPlan.Text, _ out: inout AvroWriter) {
        out.writeByte(UInt8(ascii: "\""))
        out.append(UnsafeRawBufferPointer(start: text + Int(name.offset), count: Int(name.count)))
        out.writeByte(UInt8(ascii: "\""))
    }

    @inline(__always)
    private func check(_ reader: borrowing AvroReader, _ out: borrowing AvroWriter) throws(AvroError) {
        if out.count > outputMax { throw reader.fault(.memoryMax, "the text is larger than memoryMax (\(outputMax))") }
    }

    // MARK: Parts

    private func record(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError)
    {
        try reader.enter()
        out.writeByte(UInt8(ascii: "{"))
        let first = fields + Int(node.pointee.a)
        for position in 0..<Int(node.pointee.b) {
            let field = first + position
            let room = Int(field.pointee.labelCount)
            out.reserve(room + 1)
            if position > 0 { out.writeByte(UInt8(ascii: ",")) }
            out.append(UnsafeRawBufferPointer(start: text + Int(field.pointee.label), count: room))
            try value(field.pointee.node, &reader, &out)
        }
        out.writeByte(UInt8(ascii: "}"))
        reader.leave()
        try check(reader, out)
    }

    private func array(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        try reader.enter()
        out.writeByte(UInt8(ascii: "["))
        var blocks = BlockCursor(itemBytesMin: Int(nodes[Int(node.pointee.a)].bytesMin))
        var isFirst = true
        while try reader.next(&blocks) {
            if !isFirst { out.writeByte(UInt8(ascii: ",")) }
            isFirst = false
            try value(node.pointee.a, &reader, &out)
            try check(reader, out)
        }
        out.writeByte(UInt8(ascii: "]"))
        reader.leave()
    }

    private func map(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        try reader.enter()
        out.writeByte(UInt8(ascii: "{"))
        var blocks = BlockCursor(itemBytesMin: 1 + Int(nodes[Int(node.pointee.a)].bytesMin))
        var isFirst = true
        while try reader.next(&blocks) {
            if !isFirst { out.writeByte(UInt8(ascii: ",")) }
            isFirst = false
            try string(&reader, &out)
            out.writeByte(UInt8(ascii: ":"))
            try value(node.pointee.a, &reader, &out)
            try check(reader, out)
        }
        out.writeByte(UInt8(ascii: "}"))
        reader.leave()
    }

    private func union(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        let branch = try reader.readBranch(Int(node.pointee.b))
        let child = numbers[Int(node.pointee.a) + branch]
        let isNull = nodes[Int(child)].operation == .null
        guard isTagged, !isNull else { return try value(child, &reader, &out) }
        out.writeByte(UInt8(ascii: "{"))
        quoted(names[Int(nodes[Int(child)].name)], &out)
        out.writeByte(UInt8(ascii: ":"))
        try value(child, &reader, &out)
        out.writeByte(UInt8(ascii: "}"))
    }

    // MARK: Scalars

    private func string(_ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        let slice = try reader.readString()
        JSONText.append(text: reader.base + Int(slice.offset), count: Int(slice.count), to: &out)
        try check(reader, out)
    }

    private func bytes(_ slice: Slice, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        let bytes = UnsafeRawBufferPointer(start: reader.base + Int(slice.offset), count: Int(slice.count))
        if isTagged {
            JSONText.append(latin: bytes, to: &out)
        } else {
            out.writeByte(UInt8(ascii: "\""))
            Base64.append(bytes, to: &out)
            out.writeByte(UInt8(ascii: "\""))
        }
        try check(reader, out)
    }

    static func append(_ value: Int64, to out: inout AvroWriter) {
        if value < 0 { out.writeByte(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var digits = 1
        var probe = rest
        while probe >= 10 {
            probe /= 10
            digits += 1
        }
        out.reserve(digits)
        for position in stride(from: digits - 1, through: 0, by: -1) {
            out.storage.storeBytes(
                of: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10), toByteOffset: out.written + position, as: UInt8.self)
            rest /= 10
        }
        out.written += digits
    }

    private func append(_ value: Double, to out: inout AvroWriter) {
        if !value.isFinite { return special(value.isNaN, value < 0, &out) }
        var written = value.description
        written.withUTF8 { out.append(UnsafeRawBufferPointer($0)) }
    }

    private func append(_ value: Float, to out: inout AvroWriter) {
        if !value.isFinite { return special(value.isNaN, value < 0, &out) }
        var written = value.description
        written.withUTF8 { out.append(UnsafeRawBufferPointer($0)) }
    }

    private func special(_ isNaN: Bool, _ isNegative: Bool, _ out: inout AvroWriter) {
        word(isNaN ? "\"NaN\"" : isNegative ? "\"-Infinity\"" : "\"Infinity\"", &out)
    }
}
