/// One command, with its options, operands and commands below it. One value describes the whole program.
public struct Command: Sendable {
    /// An operand with its explanation for the help.
    public struct Operand: Sendable {
        public let name: String
        public let help: String
        public let isOptional: Bool

        public init(_ name: String, _ help: String, isOptional: Bool = false) {
            self.name = name
            self.help = help
            self.isOptional = isOptional
        }
    }

    public typealias Run = @Sendable (Arguments) async -> Int32

    public let name: String
    public let summary: String
    public let details: String
    public let options: [Option]
    public let operands: [Operand]
    /// Further operands, as many as are given.
    public let rest: Operand?
    public let commands: [Command]
    public let run: Run?

    public init(
        _ name: String, summary: String, details: String = "", options: [Option] = [], operands: [Operand] = [], rest: Operand? = nil,
        commands: [Command] = [], run: Run? = nil
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.options = options
        self.operands = operands
        self.rest = rest
        self.commands = commands
        self.run = run
    }

    static let common = [
        Option("help", short: "h", help: "Show this help and exit.", environment: []),
        Option("version", help: "Show the version and exit.", environment: []),
    ]
}
