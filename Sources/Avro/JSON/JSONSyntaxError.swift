/// Text that is no JSON: where and why.
public struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The byte at which reading stopped, from 0.
    public let offset: Int
    /// What was wrong there.
    public let detail: String

    /// An error at a byte.
    public init(offset: Int, detail: String) {
        self.offset = offset
        self.detail = detail
    }

    /// `byte 12: expected ','`
    public var description: String { "byte \(offset): \(detail)" }
}
