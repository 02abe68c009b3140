import CCodecs

/// The three fingerprint algorithms that the Avro specification recommends.
public enum Fingerprint {
    /// CRC-64-AVRO of some bytes: a Rabin fingerprint, as the specification defines it.
    public static func crc64(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var value = empty
        for byte in bytes { value = (value >> 8) ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] }
        return value
    }

    /// MD5: 16 bytes.
    public static func md5(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, EVP_md5()) }

    /// SHA-256: 32 bytes.
    public static func sha256(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, EVP_sha256()) }

    private static let empty: UInt64 = 0xc15d_213a_a4d7_a795

    private static let table: [UInt64] = (0..<256).map { index in
        var value = UInt64(index)
        for _ in 0..<8 { value = (value >> 1) ^ (empty & (0 &- (value & 1))) }
        return value
    }

    private static func digest(_ bytes: [UInt8], _ algorithm: OpaquePointer?) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let done = EVP_Digest(bytes, bytes.count, &out, &count, algorithm, nil)
        precondition(done == 1, "libcrypto has no such digest (a FIPS provider without MD5?)")
        return Array(out.prefix(Int(count)))
    }
}

extension Schema {
    /// CRC-64-AVRO of the parsing form: what single-object encoding carries.
    public var fingerprint64: UInt64 { Fingerprint.crc64(parsingForm.utf8) }

    /// MD5 of the parsing form.
    public var md5: [UInt8] { Fingerprint.md5(Array(parsingForm.utf8)) }

    /// SHA-256 of the parsing form.
    public var sha256: [UInt8] { Fingerprint.sha256(Array(parsingForm.utf8)) }

    /// The schema's id in our topics and registry: the first 31 bits, big-endian, of the SHA-256 of the identity form.
    /// Every producer computes the same one without asking.
    public var identifier: UInt32 {
        let digest = Fingerprint.sha256(Array(identityForm.utf8))
        return digest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } >> 1
    }
}
