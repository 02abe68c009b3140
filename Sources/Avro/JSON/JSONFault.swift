/// One place where a JSON document does not fit its schema.
public struct JSONFault: Sendable, Hashable, CustomStringConvertible {
    /// The place as a JSON pointer (RFC 6901); empty for the whole document.
    public var pointer: String
    /// What is wrong there, in words.
    public let detail: String

    /// A fault of these parts.
    public init(pointer: String, detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    /// `/source: is missing`
    public var description: String { pointer.isEmpty ? detail : "\(pointer): \(detail)" }
}
