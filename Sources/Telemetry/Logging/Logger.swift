/// Writes log lines with a label and bound fields to a sink. A value: copy it, bind fields, hand it down.
///
/// A line below the level costs one comparison; nothing of it is built.
public struct Logger: Sendable {
    public var level: LogLevel
    public let label: String
    public private(set) var bound: [(key: String, value: String)] = []
    let sink: any LogSink

    public init(label: String, level: LogLevel = .info, sink: any LogSink = StandardErrorSink(format: .text)) {
        self.label = label
        self.level = level
        self.sink = sink
    }

    /// A logger that keeps silent.
    public static let none = Logger(label: "", level: .critical, sink: SilentSink())

    /// The same logger under another label.
    public func labelled(_ label: String) -> Logger {
        var logger = Logger(label: label, level: level, sink: sink)
        logger.bound = bound
        return logger
    }

    /// The same logger with further fields on every line.
    public func with(_ fields: LogFields) -> Logger {
        var logger = self
        logger.bound += fields.map { ($0.key, $0.value.description) }
        return logger
    }

    public func log(_ level: LogLevel, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        guard level >= self.level else { return }
        sink.write(LogRecord(level: level, label: label, message: message(), fields: bound + fields().map { ($0.key, $0.value.description) }))
    }

    public func trace(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) { log(.trace, message(), fields()) }
    public func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) { log(.debug, message(), fields()) }
    public func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) { log(.info, message(), fields()) }
    public func notice(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) { log(.notice, message(), fields()) }
    public func warning(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) { log(.warning, message(), fields()) }
    public func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) { log(.error, message(), fields()) }
    public func critical(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) { log(.critical, message(), fields()) }
}

/// Takes every line and writes none.
public struct SilentSink: LogSink {
    public init() {}
    public func write(_ record: LogRecord) {}
}
