internal import COpenSSL

/// SHA-256 (FIPS 180-4) of bytes: 32 of them.
public enum SHA256 {
    /// The length of a digest.
    public static let byteCount = 32

    /// The digest of a whole message.
    public static func digest(_ message: [UInt8]) throws(SigningError) -> [UInt8] {
        try digest(message.span.bytes)
    }

    /// The digest of a whole message.
    public static func digest(_ message: RawSpan) throws(SigningError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        let done = message.withUnsafeBytes { bytes in
            digest.withUnsafeMutableBufferPointer { EVP_Digest(bytes.baseAddress, bytes.count, $0.baseAddress, nil, EVP_sha256(), nil) }
        }
        guard done == 1 else { throw SigningError("SHA-256") }
        return digest
    }
}
