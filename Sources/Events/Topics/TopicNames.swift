/// The names of topics and consumer groups under one prefix, and back.
public struct TopicNames: Sendable, Hashable {
    /// What stands before every name; empty by default.
    public let prefix: String

    /// Names under a prefix.
    public init(prefix: String = "") { self.prefix = prefix }

    /// What a topic is for.
    public enum Kind: Sendable, Hashable {
        /// `Request` records of an operation.
        case requests(operation: String)
        /// `Response` records of an operation.
        case responses(operation: String)
        /// Requests of an operation that no attempt could finish.
        case deadLetters(operation: String)
        /// `Command` records.
        case commands
        /// `Heartbeat` records.
        case heartbeats
        /// Folded jobs and checkpoints.
        case jobs
        /// Which node owns which partition.
        case members
        /// The schemas of all topics.
        case schemas
    }

    /// `<operation>.requests`
    public func requests(_ operation: String) -> String { prefix + operation + Self.requestsSuffix }
    /// `<operation>.responses`
    public func responses(_ operation: String) -> String { prefix + operation + Self.responsesSuffix }
    /// `<operation>.dead-letters`
    public func deadLetters(_ operation: String) -> String { prefix + operation + Self.deadLettersSuffix }
    /// `rejoinder.commands`
    public var commands: String { prefix + "rejoinder.commands" }
    /// `rejoinder.heartbeats`
    public var heartbeats: String { prefix + "rejoinder.heartbeats" }
    /// `rejoinder.jobs`
    public var jobs: String { prefix + "rejoinder.jobs" }
    /// `rejoinder.members`
    public var members: String { prefix + "rejoinder.members" }
    /// `rejoinder.schemas`
    public var schemas: String { prefix + "rejoinder.schemas" }

    /// The consumer group of an operation's workers.
    public func workers(_ operation: String) -> String { prefix + operation + ".workers" }
    /// The consumer group of the correlators.
    public var correlators: String { prefix + "rejoinder.correlators" }

    /// The name of a topic.
    public func name(_ kind: Kind) -> String {
        switch kind {
        case .requests(let operation): requests(operation)
        case .responses(let operation): responses(operation)
        case .deadLetters(let operation): deadLetters(operation)
        case .commands: commands
        case .heartbeats: heartbeats
        case .jobs: jobs
        case .members: members
        case .schemas: schemas
        }
    }

    /// What a topic is for, by its name; nil when it is none of ours.
    public func kind(of topic: String) -> Kind? {
        guard topic.hasPrefix(prefix) else { return nil }
        let name = String(topic.dropFirst(prefix.count))
        switch name {
        case "rejoinder.commands": return .commands
        case "rejoinder.heartbeats": return .heartbeats
        case "rejoinder.jobs": return .jobs
        case "rejoinder.members": return .members
        case "rejoinder.schemas": return .schemas
        default: break
        }
        if name.hasPrefix("rejoinder.") { return nil }
        for (suffix, make) in Self.suffixes where name.hasSuffix(suffix) {
            let operation = String(name.dropLast(suffix.count))
            guard Self.isOperation(operation) else { return nil }
            return make(operation)
        }
        return nil
    }

    /// The operation that a topic belongs to; nil for the shared topics and others' topics.
    public func operation(of topic: String) -> String? {
        switch kind(of: topic) {
        case .requests(let operation), .responses(let operation), .deadLetters(let operation): operation
        default: nil
        }
    }

    /// The subject under which the schema of a topic's values is registered.
    public static func subject(of topic: String) -> String { topic + "-value" }

    /// `<protocol>.<message>`, both Avro names: so that a prefix of another installation is not taken for a part of an operation.
    static func isOperation(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        return parts.allSatisfy { part in
            guard let first = part.utf8.first, first == UInt8(ascii: "_") || isLetter(first) else { return false }
            return part.utf8.allSatisfy { $0 == UInt8(ascii: "_") || isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

    private static let requestsSuffix = ".requests"
    private static let responsesSuffix = ".responses"
    private static let deadLettersSuffix = ".dead-letters"
    private static let suffixes: [(String, @Sendable (String) -> Kind)] = [
        (requestsSuffix, { .requests(operation: $0) }), (responsesSuffix, { .responses(operation: $0) }),
        (deadLettersSuffix, { .deadLetters(operation: $0) }),
    ]
}
