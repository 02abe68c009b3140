/// A schema or protocol that cannot be: the place in its JSON and what is wrong there.
public struct SchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is.
    public enum Code: String, Sendable, Hashable {
        /// The text is no JSON.
        case syntax
        /// The JSON is no schema.
        case invalid
        /// A name that nothing defines.
        case unknownName
        /// A limit of ``SchemaLimits`` was passed.
        case limit
    }

    /// What kind of fault it is.
    public let code: Code
    /// The place as a JSON pointer (RFC 6901): `/fields/2/type`; for text that is no JSON, `byte 12`.
    public let place: String
    /// What is wrong, in words.
    public let detail: String

    /// An error of these parts.
    public init(_ code: Code, at place: String, _ detail: String) {
        self.code = code
        self.place = place
        self.detail = detail
    }

    /// `/fields/2/type: no type named 'Foo'`
    public var description: String { place.isEmpty ? detail : "\(place): \(detail)" }
}
