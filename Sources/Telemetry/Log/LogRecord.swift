/// One record of the log, as a sink gets it.
public struct LogRecord: Sendable {
    /// How much it matters.
    public let level: LogLevel
    /// Who speaks.
    public let label: String
    /// What is said.
    public let message: String
    /// The logger's bound fields, then the record's own.
    public let fields: [(key: String, value: String)]

    /// A record of these.
    public init(level: LogLevel, label: String, message: String, fields: [(key: String, value: String)] = []) {
        self.level = level
        self.label = label
        self.message = message
        self.fields = fields
    }
}
