/// Avro's zigzag variable-length integers, for code that is not on the hot path.
enum Varint {
    static func append(_ value: Int64, to out: inout [UInt8]) {
        var bits = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        while bits > 127 {
            out.append(UInt8(truncatingIfNeeded: bits) | 128)
            bits >>= 7
        }
        out.append(UInt8(truncatingIfNeeded: bits))
    }
}
