/// Avro's single-object encoding: C3 01, the schema's CRC-64-AVRO fingerprint as eight bytes little-endian, the datum.
public enum SingleObject {
    /// The bytes in front of the datum.
    public static let headerCount = 10

    /// Appends the header; the datum follows.
    public static func writeHeader(fingerprint: UInt64, into out: inout AvroWriter) {
        out.writeByte(0xC3)
        out.writeByte(0x01)
        withUnsafeBytes(of: fingerprint.littleEndian) { out.append($0) }
    }

    /// The fingerprint of the schema and where the datum is.
    public static func parse(_ bytes: RawSpan) throws(AvroError) -> (fingerprint: UInt64, body: Slice) {
        let operation = "read single object"
        guard bytes.byteCount >= headerCount else {
            throw AvroError(
                .framing, operation: operation, detail: "\(bytes.byteCount) bytes, the header alone has \(headerCount)", offset: 0)
        }
        guard bytes.unsafeLoad(as: UInt8.self) == 0xC3, bytes.unsafeLoad(fromByteOffset: 1, as: UInt8.self) == 0x01 else {
            throw AvroError(.framing, operation: operation, detail: "the first bytes are not C3 01", offset: 0)
        }
        guard bytes.byteCount <= Int(UInt32.max) else { throw AvroError(.inputMax, operation: operation, detail: "4 GiB or more") }
        let fingerprint = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 2, as: UInt64.self))
        return (fingerprint, Slice(offset: UInt32(headerCount), count: UInt32(bytes.byteCount - headerCount)))
    }

    /// A datum that is encoded already, framed.
    public static func frame(_ body: [UInt8], schema: Schema) -> [UInt8] {
        var out = AvroWriter(capacity: body.count + headerCount)
        writeHeader(fingerprint: schema.fingerprint64, into: &out)
        out.append(body)
        return out.bytes
    }
}
