internal import COpenSSL

/// Comparison that does not tell by its time where two secrets differ.
public enum ConstantTime {
    /// Whether the two are equal. Only the lengths show in the time.
    public static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }
}
