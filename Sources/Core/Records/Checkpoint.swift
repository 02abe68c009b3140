/// JSON that a handler saved for its next attempt.
public struct Checkpoint: Sendable, Equatable {
    /// "" for the handler's own, else the step whose result it is.
    public var step: String
    public var value: [UInt8]

    public init(step: String = "", value: [UInt8]) {
        self.step = step
        self.value = value
    }
}
