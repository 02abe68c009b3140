/// What is wrong with the topics, and what to do.
public struct SetupError: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
