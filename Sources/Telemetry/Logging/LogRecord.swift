/// Named values of a log line, in the order in which they are written.
public typealias LogFields = KeyValuePairs<String, any Sendable & CustomStringConvertible>

/// One line of the log, as a sink gets it.
public struct LogRecord: Sendable {
    public let level: LogLevel
    public let label: String
    public let message: String
    public let fields: [(key: String, value: String)]
}

/// Where log lines go. The only seam: a bridge to another logging system is one more conformance, and call sites stay as they are.
public protocol LogSink: Sendable {
    /// Called from any thread; should not wait for long.
    func write(_ record: LogRecord)
}
