/// The command line was used wrongly: what is wrong, where, and what was perhaps meant.
public struct UsageError: Error, Equatable {
    public let message: String
    public let path: [String]
    public let hint: String?

    public init(_ message: String, path: [String] = [], hint: String? = nil) {
        self.message = message
        self.path = path
        self.hint = hint
    }

    /// As it is printed on standard error.
    public var text: String {
        let program = path.first ?? "rejoinder"
        var lines = ["\(program): \(message)" + (hint.map { "; \($0)" } ?? "")]
        lines.append("Try '\((path.isEmpty ? [program] : path).joined(separator: " ")) --help'.")
        return lines.joined(separator: "\n")
    }
}
