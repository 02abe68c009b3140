/// A sink that drops every record: for tests, and for the libraries where the user gives no logger.
public struct SilentSink: LogSink {
    /// Drops every record.
    public init() {}

    /// Does nothing.
    public func write(_ record: LogRecord) {}
}
