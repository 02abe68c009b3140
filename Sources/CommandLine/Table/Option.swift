/// One option of the command line. The table of options is read by the parser, the help and the completions alike.
public struct Option: Sendable {
    public enum Value: Sendable {
        /// Takes no value.
        case flag
        /// Takes one value; given twice, the last counts. The text names the value in the help.
        case one(String)
        /// May be given again and again; all count.
        case many(String)
    }

    public let long: String
    public let short: Character?
    public let value: Value
    public let help: String
    /// The value when none is given, as the help shows it.
    public let fallback: String?
    /// When not empty, the only values taken.
    public let choices: [String]
    /// The environment variables that are read when the option is not given; `REJOINDER_<NAME>` by default.
    public let environment: [String]

    public init(
        _ long: String, short: Character? = nil, value: Value = .flag, help: String, fallback: String? = nil, choices: [String] = [],
        environment: [String]? = nil
    ) {
        self.long = long
        self.short = short
        self.value = value
        self.help = help
        self.fallback = fallback
        self.choices = choices
        self.environment = environment ?? ["REJOINDER_" + long.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()]
    }

    var takesValue: Bool {
        if case .flag = value { false } else { true }
    }

    var placeholder: String {
        switch value {
        case .flag: ""
        case .one(let name), .many(let name): choices.isEmpty ? name : choices.joined(separator: "|")
        }
    }
}
