/// The correlation id of a request: a UUID of any version, kept as two words. On topics and in URLs it is its 36 lower-case characters.
@frozen
public struct RequestID: Sendable, Hashable, Comparable {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The order of the bytes and of the text; by time for ids of version 7.
    @inlinable
    public static func < (left: RequestID, right: RequestID) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }

    /// Ids are spread by time or by a hash already: one round of mixing is enough.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(high ^ low)
    }

    /// The UUID's version, 0 to 15.
    public var version: Int { Int(truncatingIfNeeded: high >> 12) & 15 }

    /// A UUID of version 7 (RFC 9562, 5.7): 48 bits of time, 74 random bits out of the 128 given.
    public static func v7(milliseconds: Int64, random: (UInt64, UInt64)) -> RequestID {
        let time = UInt64(truncatingIfNeeded: milliseconds) << 16
        return RequestID(high: time | 0x7000 | (random.0 & 0x0fff), low: 0x8000_0000_0000_0000 | (random.1 & 0x3fff_ffff_ffff_ffff))
    }

    /// A UUID of version 8 (RFC 9562, 5.8) from the first 16 bytes of a hash. Missing bytes count as zero.
    public static func v8(hash: [UInt8]) -> RequestID {
        var words: (UInt64, UInt64) = (0, 0)
        for index in 0..<16 {
            let byte = index < hash.count ? UInt64(hash[index]) : 0
            if index < 8 { words.0 = words.0 << 8 | byte } else { words.1 = words.1 << 8 | byte }
        }
        return RequestID(high: words.0 & ~0xf000 | 0x8000, low: words.1 & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000)
    }
}
