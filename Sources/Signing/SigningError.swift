internal import COpenSSL

/// What libcrypto could not do.
public struct SigningError: Error, Sendable, CustomStringConvertible {
    /// What a caller can do about it.
    public enum Disposition: Sendable {
        /// The process cannot go on with what it was about to do.
        case fatal
        /// What was given cannot be used.
        case reject
    }

    /// libcrypto's packed error code; 0 when it gave none.
    public let code: UInt
    /// What a caller can do about it.
    public let disposition: Disposition
    /// What was tried.
    public let operation: StaticString
    /// libcrypto's own words.
    public let detail: String

    /// Takes the thread's oldest error and empties its queue, so that the next call does not see old news.
    init(_ operation: StaticString, _ disposition: Disposition = .fatal) {
        let first = ERR_get_error()
        ERR_clear_error()
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(first, &text, text.count)
        code = UInt(first)
        self.disposition = disposition
        self.operation = operation
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        detail = first == 0 ? "libcrypto gave no reason" : String(decoding: bytes, as: UTF8.self)
    }

    /// What happened, for a person.
    public var description: String { "\(operation) failed: \(detail)" }
}
