/// Names and values that belong to one record.
public typealias LogFields = KeyValuePairs<String, any Sendable & CustomStringConvertible>

/// Writes records of one label, from a level upwards, to one sink.
///
/// A value: copy it, bind fields to the copy, pass it down. When a level is off, the call is one compare; neither the message nor the
/// fields are built.
public struct Logger: Sendable {
    /// Records below this level are not written.
    public var level: LogLevel
    /// Who speaks.
    public var label: String
    /// What every record of this logger carries.
    public private(set) var bound: [(key: String, value: String)]
    /// Where the records go.
    public let sink: any LogSink

    /// A logger that writes to `sink`.
    public init(label: String, level: LogLevel = .info, sink: any LogSink = StandardErrorSink(format: .text)) {
        self.level = level
        self.label = label
        bound = []
        self.sink = sink
    }

    /// A logger that says nothing.
    public static let none = Logger(label: "", level: .critical, sink: SilentSink())

    /// A copy that adds `fields` to each record.
    public func with(_ fields: LogFields) -> Logger {
        var copy = self
        copy.bound += fields.map { ($0.key, $0.value.description) }
        return copy
    }

    /// A copy that speaks under another label.
    public func labelled(_ label: String) -> Logger {
        var copy = self
        copy.label = label
        return copy
    }

    /// Writes a record when `level` is on.
    @inlinable public func log(
        _ level: LogLevel, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        guard level >= self.level else { return }
        write(level, message(), fields())
    }

    @usableFromInline func write(_ level: LogLevel, _ message: String, _ fields: LogFields) {
        let all = bound + fields.map { ($0.key, $0.value.description) }
        sink.write(LogRecord(level: level, label: label, message: message, fields: all))
    }

    /// Every step.
    @inlinable public func trace(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.trace, message(), fields())
    }
    /// What helps to find a fault.
    @inlinable public func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.debug, message(), fields())
    }
    /// What an operator may want to know.
    @inlinable public func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.info, message(), fields())
    }
    /// What an operator should know though nothing is wrong.
    @inlinable public func notice(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.notice, message(), fields())
    }
    /// Something is wrong and dealt with.
    @inlinable public func warning(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.warning, message(), fields())
    }
    /// Something failed.
    @inlinable public func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.error, message(), fields())
    }
    /// The process cannot go on.
    @inlinable public func critical(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.critical, message(), fields())
    }
}
