/// What a handler answers with: the operation's response in one of three forms.
public enum Answer: Sendable {
    /// Avro of the response schema that this worker has.
    case avro([UInt8])
    /// JSON as the HTTP interface shows it.
    case json([UInt8])
    /// A value whose coding fits the response schema.
    case value(any Encodable & Sendable)
}
