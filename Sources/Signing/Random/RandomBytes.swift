internal import COpenSSL

/// Bytes that nobody can guess, from libcrypto's generator.
public enum RandomBytes {
    /// `count` of them.
    public static func make(_ count: Int) throws(SigningError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard count == 0 || RAND_bytes(&bytes, Int32(count)) == 1 else { throw SigningError("RAND_bytes") }
        return bytes
    }
}
