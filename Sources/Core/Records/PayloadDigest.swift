/// 128 bits that stand for a request's body after its bytes are dropped, so that a twin with another body is still told from one with the same.
///
/// Two multiply-and-fold lanes over eight bytes at a time. It is no cryptographic hash: who forges a collision gets the answer of a
/// request that the same tenant sent under the same key.
public struct PayloadDigest: Sendable, Hashable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The digest of a body, its schema included: the same bytes under another schema may mean something else.
    public init(_ payload: Payload) {
        let bytes = unsafe payload.bytes.span.bytes
        let count = bytes.byteCount
        var first = 0x9e37_79b9_7f4a_7c15 ^ UInt64(payload.schema)
        var second = 0xc2b2_ae3d_27d4_eb4f ^ UInt64(truncatingIfNeeded: count)
        var offset = 0
        while offset < count {
            var word: UInt64 = 0
            if count - offset >= 8 {
                // Loading an integer from a bounds-checked span: every bit pattern is a value.
                word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
            } else {
                for index in stride(from: count - 1, through: offset, by: -1) {
                    word = word << 8 | UInt64(unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
                }
            }
            first = Self.mix(first ^ word, 0xa076_1d64_78bd_642f)
            second = Self.mix(second &+ word, 0xe703_7ed1_a0b4_28db) ^ word
            offset += 8
        }
        self.init(high: Self.mix(first ^ second, 0x8ebc_6af0_9c88_c6e3), low: Self.mix(second &+ first, 0x5899_65cc_7537_4cc3) ^ first)
    }

    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
