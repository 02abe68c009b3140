internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104, RFC 4231): 32 bytes that only who has the key can make.
public struct HMACSHA256: Sendable {
    /// The length of a code.
    public static let byteCount = 32

    private let key: [UInt8]

    /// Codes under `key`, which may have any length; RFC 2104 advises 32 bytes or more.
    public init(key: [UInt8]) {
        self.key = key
    }

    /// The code of a message.
    public func code(_ message: [UInt8]) throws(SigningError) -> [UInt8] {
        try code(message.span.bytes)
    }

    /// The code of a message.
    public func code(_ message: RawSpan) throws(SigningError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: Self.byteCount)
        // libcrypto takes NULL for "the key of before": an empty key still needs an address.
        let secret = key.isEmpty ? [0] : key
        let made = message.withUnsafeBytes { bytes in
            code.withUnsafeMutableBufferPointer {
                HMAC(EVP_sha256(), secret, Int32(key.count), bytes.baseAddress, bytes.count, $0.baseAddress, nil)
            }
        }
        guard made != nil else { throw SigningError("HMAC-SHA-256") }
        return code
    }

    /// Whether `code` is the message's; takes as long for a wrong one as for the right one.
    public func verify(_ code: [UInt8], of message: [UInt8]) throws(SigningError) -> Bool {
        ConstantTime.equal(code, try self.code(message))
    }
}
