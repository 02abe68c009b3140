/// What ends a correlator for good: what is wrong and what to do, for an operator.
public struct CorrelatorFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text.
    public let description: String

    init(_ description: String) { self.description = description }
}
