import CommandLine

/// The whole command line.
enum CommandTable {
    static let program: Command = Command(
        "rejoinder", summary: "Asynchronous request–response over Kafka.",
        details: "Start with 'rejoinder dev': everything in one process, with an embedded Kafka.", options: CommonOptions.all,
        commands: [
            DevCommand.command, ServeCommand.command, WorkerCommand.command, RequestCommand.command, StatusCommand.command,
            WatchCommand.command,
            JobsCommand.command, HistoryCommand.command, TailCommand.command, VerifyCommand.command, TopicsCommand.command,
            SchemasCommand.command, completions,
        ])

    private static let completions: Command = Command(
        "completions", summary: "Prints a completion script.", details: "For bash: source <(rejoinder completions bash).",
        operands: [.init("SHELL", "bash, zsh or fish.")],
        run: { arguments in
            guard let shell = Completions(rawValue: arguments.operands[0]) else {
                Terminal.error.write(
                    UsageError("unknown shell '\(arguments.operands[0])' (one of: bash, zsh, fish)", path: arguments.path).text + "\n")
                return 2
            }
            Terminal.output.write(shell.script(for: program))
            return 0
        })
}
