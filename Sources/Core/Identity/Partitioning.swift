// Where a request lies: Kafka's murmur2 (32 bits, seed 0x9747b28c) of the key, as Java's DefaultPartitioner computes it.

/// Murmur2 of a key, bit for bit that of `org.apache.kafka.common.utils.Utils.murmur2`.
public func murmur2(_ key: RawSpan) -> UInt32 {
    let multiplier: UInt32 = 0x5bd1_e995
    let count = key.byteCount
    var hash: UInt32 = 0x9747_b28c ^ UInt32(truncatingIfNeeded: count)
    var offset = 0
    while count - offset >= 4 {
        // Loading an integer from a bounds-checked span: every bit pattern is a value.
        var word = unsafe UInt32(littleEndian: key.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)) &* multiplier
        word = (word ^ word >> 24) &* multiplier
        hash = (hash &* multiplier) ^ word
        offset += 4
    }
    if offset < count {
        var rest: UInt32 = 0
        for index in stride(from: count - 1, through: offset, by: -1) {
            rest = rest << 8 | UInt32(unsafe key.unsafeLoad(fromByteOffset: index, as: UInt8.self))
        }
        hash = (hash ^ rest) &* multiplier
    }
    hash = (hash ^ hash >> 13) &* multiplier
    return hash ^ hash >> 15
}

/// Murmur2 of a key in an array.
public func murmur2(_ key: [UInt8]) -> UInt32 {
    unsafe murmur2(key.span.bytes)
}

/// The partition of a request of `count` partitions: the positive murmur2 of its 36 characters, modulo. 0 when there are none.
public func partition(of id: RequestID, count: Int) -> Int32 {
    guard count > 0 else { return 0 }
    let text = id.textBytes
    return Int32(truncatingIfNeeded: Int(unsafe murmur2(text.span.bytes) & 0x7fff_ffff) % count)
}
