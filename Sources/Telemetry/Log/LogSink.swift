/// Where records go. The only seam: a bridge to swift-log is one more conformance, and call sites stay as they are.
public protocol LogSink: Sendable {
    /// Writes one record; called from any thread, also at once.
    func write(_ record: LogRecord)
}
