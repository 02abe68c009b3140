/// How much a record matters: swift-log's seven levels.
public enum LogLevel: Int, Sendable, Comparable, CaseIterable {
    /// Every step.
    case trace
    /// What helps to find a fault.
    case debug
    /// What an operator may want to know.
    case info
    /// What an operator should know though nothing is wrong.
    case notice
    /// Something is wrong and dealt with.
    case warning
    /// Something failed.
    case error
    /// The process cannot go on.
    case critical

    /// The level of this name, as `--log-level` gives it.
    public init?(name: String) {
        guard let level = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = level
    }

    /// The lower-case name.
    public var name: String {
        switch self {
        case .trace: "trace"
        case .debug: "debug"
        case .info: "info"
        case .notice: "notice"
        case .warning: "warning"
        case .error: "error"
        case .critical: "critical"
        }
    }

    /// By weight.
    @inlinable public static func < (one: LogLevel, other: LogLevel) -> Bool { one.rawValue < other.rawValue }
}
