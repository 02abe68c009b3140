/// A record of `rejoinder.commands`.
public struct CommandRecord: Sendable, Equatable {
    public var id: RequestID
    public var operation: String
    public var time: Timestamp
    public var by: String
    public var command: Command

    public init(id: RequestID, operation: String, time: Timestamp, by: String = "", command: Command) {
        self.id = id
        self.operation = operation
        self.time = time
        self.by = by
        self.command = command
    }
}
