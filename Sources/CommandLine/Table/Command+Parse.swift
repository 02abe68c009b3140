extension Command {
    /// What the words ask for.
    public enum Outcome: Sendable {
        case run(Command, Arguments)
        /// The help of a command, by its path.
        case help(Command, path: [String], inherited: [Option])
        case version
    }

    /// Reads the words behind the program's name. What is not given comes from the environment, then from `properties`, then from the
    /// table's fallbacks.
    public func parse(
        _ words: [String], environment: [String: String] = [:],
        properties: (Arguments) throws(UsageError) -> [String: [String]] = { _ in [:] }
    ) throws(UsageError) -> Outcome {
        var reader = WordReader(command: self)
        try reader.read(words)
        var arguments = reader.arguments
        if arguments.flag("help") { return .help(reader.command, path: arguments.path, inherited: reader.inherited) }
        if arguments.flag("version") { return .version }
        guard reader.command.run != nil else { throw UsageError("a command is required", path: arguments.path) }
        try Self.checkOperands(arguments, reader.command)
        for option in reader.scope where arguments.values[option.long] == nil {
            guard let name = option.environment.first(where: { environment[$0]?.isEmpty == false }), let value = environment[name] else {
                continue
            }
            try Self.checkChoice(value, option, "environment variable \(name)", arguments.path)
            arguments.values[option.long] = [value]
        }
        let kept = try properties(arguments)
        for option in reader.scope where arguments.values[option.long] == nil {
            if let values = kept[option.long] {
                for value in values { try Self.checkChoice(value, option, "'\(option.long)' in the properties file", arguments.path) }
                arguments.values[option.long] = values
            } else if let fallback = option.fallback {
                arguments.values[option.long] = [fallback]
                arguments.fallbacks.insert(option.long)
            }
        }
        return .run(reader.command, arguments)
    }

    private static func checkOperands(_ arguments: Arguments, _ command: Command) throws(UsageError) {
        let required = command.operands.filter { !$0.isOptional }.count
        if arguments.operands.count < required {
            throw UsageError("missing operand <\(command.operands[arguments.operands.count].name)>", path: arguments.path)
        }
        if arguments.operands.count > command.operands.count, command.rest == nil {
            throw UsageError("unexpected operand '\(arguments.operands[command.operands.count])'", path: arguments.path)
        }
    }

    static func checkChoice(_ value: String, _ option: Option, _ shown: String, _ path: [String]) throws(UsageError) {
        guard !option.choices.isEmpty, !option.choices.contains(value) else { return }
        let near = NearestWord.among(option.choices, to: value).map { "did you mean '\($0)'?" }
        throw UsageError(
            "invalid value '\(value)' for \(shown) (one of: \(option.choices.joined(separator: ", ")))", path: path, hint: near)
    }
}

/// Goes through the words once, from command to command.
private struct WordReader {
    var command: Command
    var inherited: [Option] = []
    var arguments: Arguments
    private var index = 0
    private var onlyOperands = false

    init(command: Command) {
        self.command = command
        arguments = Arguments(path: [command.name])
    }

    var scope: [Option] { inherited + command.options + Command.common }

    mutating func read(_ words: [String]) throws(UsageError) {
        while index < words.count {
            let word = words[index]
            if onlyOperands || word == "-" || !word.hasPrefix("-") {
                try operand(word)
            } else if word == "--" {
                onlyOperands = true
            } else if word.hasPrefix("--") {
                try long(word, words)
            } else {
                try short(word, words)
            }
            index += 1
        }
    }

    private mutating func operand(_ word: String) throws(UsageError) {
        guard !onlyOperands, !command.commands.isEmpty else {
            arguments.operands.append(word)
            return
        }
        guard let next = command.commands.first(where: { $0.name == word }) else {
            throw failure("unknown command '\(word)'", word, among: command.commands.map(\.name))
        }
        inherited += command.options
        command = next
        arguments.path.append(word)
    }

    private mutating func long(_ word: String, _ words: [String]) throws(UsageError) {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let exact = scope.filter { $0.long == parts[0] }
        let found = exact.isEmpty ? scope.filter { $0.long.hasPrefix(parts[0]) } : exact
        guard found.count < 2 else {
            throw failure("option '--\(parts[0])' is ambiguous (\(found.map { "--" + $0.long }.joined(separator: ", ")))")
        }
        guard let option = found.first else {
            throw failure("unknown option '--\(parts[0])'", "--" + parts[0], among: scope.map { "--" + $0.long })
        }
        try take(option, parts.count > 1 ? parts[1] : nil, "'--\(option.long)'", words)
    }

    private mutating func short(_ word: String, _ words: [String]) throws(UsageError) {
        var bundle = word.dropFirst()
        while let letter = bundle.popFirst() {
            guard let option = scope.first(where: { $0.short == letter }) else { throw failure("unknown option '-\(letter)'") }
            if option.takesValue {
                try take(option, bundle.isEmpty ? nil : String(bundle), "'-\(letter)'", words)
                return
            }
            try take(option, nil, "'-\(letter)'", words)
        }
    }

    private mutating func take(_ option: Option, _ inline: String?, _ shown: String, _ words: [String]) throws(UsageError) {
        guard option.takesValue else {
            if inline != nil { throw failure("option \(shown) takes no value") }
            arguments.values[option.long] = ["true"]
            return
        }
        var value = inline
        if value == nil {
            index += 1
            guard index < words.count else { throw failure("option \(shown) requires a value") }
            value = words[index]
        }
        guard let value else { return }
        try Command.checkChoice(value, option, shown, arguments.path)
        if case .many = option.value {
            arguments.values[option.long, default: []].append(value)
        } else {
            arguments.values[option.long] = [value]
        }
    }

    private func failure(_ message: String, _ given: String? = nil, among words: [String] = []) -> UsageError {
        UsageError(message, path: arguments.path, hint: given.flatMap { NearestWord.among(words, to: $0) }.map { "did you mean '\($0)'?" })
    }
}
