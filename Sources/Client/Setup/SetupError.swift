/// What is wrong with the topics, and what to do.
public struct SetupError: Error, Sendable, CustomStringConvertible {
    public let description: String
    /// Whether it may pass by itself: something did not answer.
    public let isTemporary: Bool

    public init(_ description: String, isTemporary: Bool = false) {
        self.description = description
        self.isTemporary = isTemporary
    }
}
