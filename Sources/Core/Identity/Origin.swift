/// Who wrote an event, told by its `source`.
public enum Origin: Sendable, Equatable {
    /// A start of a correlator: `correlator/…`.
    case correlator
    /// A decision about a command: `commands-<partition>`; its sequence is the command's offset + 1.
    case commands
    /// A worker's take: `<worker>/<n>`, or whatever a worker of another maker says.
    case take

    /// The beginning of the sources of correlators.
    public static let correlatorPrefix = "correlator/"
    /// The beginning of the sources of decisions about commands.
    public static let commandsPrefix = "commands-"

    public init(source: String) {
        self = source.hasPrefix(Self.correlatorPrefix) ? .correlator : source.hasPrefix(Self.commandsPrefix) ? .commands : .take
    }

    /// The source of events decided from the commands of a partition.
    public static func commands(partition: Int32) -> String { "\(commandsPrefix)\(partition)" }

    /// The worker of a take: what stands before the last `/`, all of it when there is none.
    public static func worker(ofTake source: String) -> String {
        guard let slash = source.utf8.lastIndex(of: UInt8(ascii: "/")) else { return source }
        return String(source[..<slash])
    }
}
