/// What was given on the command line, checked against the table.
public struct Arguments: Sendable {
    /// The names of the program and the command.
    public internal(set) var path: [String]
    public internal(set) var operands: [String] = []
    var values: [String: [String]] = [:]
    /// Options whose value came from the table's fallback.
    var fallbacks: Set<String> = []

    init(path: [String]) { self.path = path }

    /// Whether a flag is set.
    public func flag(_ name: String) -> Bool { values[name].map { $0.last != "false" && $0.last != "0" } ?? false }

    /// The value of an option: given, of the environment, of the properties file, or its fallback.
    public subscript(_ name: String) -> String? { values[name]?.last }

    /// All values of an option that may be repeated.
    public func all(_ name: String) -> [String] { values[name] ?? [] }

    /// Whether the value was given by somebody, and is not the fallback.
    public func isGiven(_ name: String) -> Bool { values[name] != nil && !fallbacks.contains(name) }

    /// The value made into something else; refused, naming the option, when that fails.
    public func parse<Made>(_ name: String, _ expected: String, _ make: (String) -> Made?) throws(UsageError) -> Made? {
        guard let text = self[name] else { return nil }
        guard let made = make(text) else { throw UsageError("invalid value '\(text)' for '--\(name)': expected \(expected)", path: path) }
        return made
    }
}
