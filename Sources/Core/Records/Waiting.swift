/// What a job in WAITING waits for.
public struct Waiting: Sendable, Equatable {
    /// The signal's name.
    public var name: String
    public var until: Timestamp?
    public var message: String

    public init(name: String, until: Timestamp? = nil, message: String = "") {
        self.name = name
        self.until = until
        self.message = message
    }
}
