extension JSONPrinter {
    /// Logical types in the plain form.
    func logical(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError) {
        let digits = Int(node.pointee.a)
        switch node.pointee.operation {
        case .decimal, .bigDecimal: return try decimal(node, &reader, &out)
        case .time:
            let value = digits == 3 ? Int64(try reader.readInt()) : try reader.readLong()
            guard value >= 0, value < 86_400 * CivilTime.unit(digits) else { return Self.append(value, to: &out) }
            out.writeByte(UInt8(ascii: "\""))
            CivilTime.appendTime(value, digits: digits, to: &out)
        case .uuid:
            let slice = try reader.readString()
            return JSONText.append(text: reader.base + Int(slice.offset), count: Int(slice.count), to: &out)
        case .uuidFixed:
            let slice = try reader.readFixed(16)
            out.writeByte(UInt8(ascii: "\""))
            UUIDText.append(UnsafeRawBufferPointer(start: reader.base + Int(slice.offset), count: 16), to: &out)
        case .date:
            let days = Int64(try reader.readInt())
            out.writeByte(UInt8(ascii: "\""))
            CivilTime.appendDate(days, to: &out)
        case .timestamp, .localTimestamp:
            let value = try reader.readLong()
            out.writeByte(UInt8(ascii: "\""))
            CivilTime.appendTimestamp(value, digits: digits, isLocal: node.pointee.operation == .localTimestamp, to: &out)
        default:
            let slice = try reader.readFixed(12)
            out.writeByte(UInt8(ascii: "\""))
            var written = DurationText.text(UnsafeRawBufferPointer(start: reader.base + Int(slice.offset), count: 12))
            written.withUTF8 { out.append(UnsafeRawBufferPointer($0)) }
        }
        out.writeByte(UInt8(ascii: "\""))
    }

    /// A decimal as text; one that is longer than any use has is refused.
    private func decimal(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ reader: inout AvroReader, _ out: inout AvroWriter) throws(AvroError)
    {
        var slice =
            node.pointee.operation == .decimal && node.pointee.a >= 0 ? try reader.readFixed(Int(node.pointee.a)) : try reader.readBytes()
        var scale = Int(node.pointee.c)
        if node.pointee.operation == .bigDecimal {
            let inner = try bigDecimal(slice, reader)
            slice = Slice(offset: slice.offset + inner.0.offset, count: inner.0.count)
            scale = inner.1
        }
        guard
            var written = DecimalText.text(
                UnsafeRawBufferPointer(start: reader.base + Int(slice.offset), count: Int(slice.count)), scale: scale)
        else {
            throw reader.fault(.decimalMax, "a decimal of more than \(DecimalText.digitsMax) digits")
        }
        out.writeByte(UInt8(ascii: "\""))
        written.withUTF8 { out.append(UnsafeRawBufferPointer($0)) }
        out.writeByte(UInt8(ascii: "\""))
    }

    /// The unscaled bytes within a big decimal, and its scale.
    private func bigDecimal(_ slice: Slice, _ reader: borrowing AvroReader) throws(AvroError) -> (Slice, Int) {
        let span = RawSpan(_unsafeStart: reader.base + Int(slice.offset), byteCount: Int(slice.count))
        var inner = AvroReader(span)
        let unscaled = try inner.readBytes()
        let scale = try inner.readInt()
        try inner.finish()
        return (unscaled, Int(scale))
    }
}

extension AvroError.Code {
    /// A decimal with more digits than a conversion to text takes.
    public static let decimalMax = AvroError.Code("decimal-max")
}
