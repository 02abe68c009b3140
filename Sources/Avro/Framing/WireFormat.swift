/// The Confluent wire format: a zero byte, the schema's id as four bytes big-endian, the datum.
public enum WireFormat {
    /// The bytes in front of the datum.
    public static let headerCount = 5

    /// Appends the header; the datum follows.
    @inlinable
    public static func writeHeader(_ schema: UInt32, into out: inout AvroWriter) {
        out.writeByte(0)
        out.writeBigEndian(schema)
    }

    /// The id of the schema and where the datum is.
    public static func parse(_ bytes: RawSpan) throws(AvroError) -> (schema: UInt32, body: Slice) {
        guard bytes.byteCount >= headerCount else {
            throw AvroError(
                .framing, operation: "read wire format", detail: "\(bytes.byteCount) bytes, the header alone has \(headerCount)", offset: 0)
        }
        let magic = bytes.unsafeLoad(as: UInt8.self)
        guard magic == 0 else {
            throw AvroError(.framing, operation: "read wire format", detail: "the first byte is \(magic), not 0", offset: 0)
        }
        guard bytes.byteCount <= Int(UInt32.max) else { throw AvroError(.inputMax, operation: "read wire format", detail: "4 GiB or more") }
        let schema = UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 1, as: UInt32.self))
        return (schema, Slice(offset: UInt32(headerCount), count: UInt32(bytes.byteCount - headerCount)))
    }

    /// A datum that is encoded already, framed.
    public static func frame(_ body: [UInt8], schema: UInt32) -> [UInt8] {
        var out = AvroWriter(capacity: body.count + headerCount)
        writeHeader(schema, into: &out)
        out.append(body)
        return out.bytes
    }
}
