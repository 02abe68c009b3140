import CommandLine

/// A small program that has one of everything.
let program = Command(
    "demo", summary: "Shows what the table can do.",
    options: [
        Option(
            "log-level", short: "l", value: .one("LEVEL"),
            help: "How much to say, with a text that is long enough to need a second line at 80 columns.", fallback: "info",
            choices: ["debug", "info", "error"]),
        Option("kafka", value: .many("KEY=VALUE"), help: "A property of librdkafka."),
        Option("verbose", short: "v", help: "Say more."),
    ],
    commands: [
        Command(
            "status", summary: "Shows a job's state.", options: [Option("wait", short: "w", value: .one("SECONDS"), help: "Wait.")],
            operands: [.init("ID", "The request's id.")]
        ) { _ in 0 },
        Command("worker", summary: "It's a worker: any program.", rest: .init("COMMAND", "The program.")) { _ in 0 },
        Command(
            "topics", summary: "Topics.",
            commands: [Command("create", summary: "Makes them.") { _ in 0 }, Command("check", summary: "Looks at them.") { _ in 0 }]),
        Command("signal", summary: "Sends one.", operands: [.init("ID", "The id."), .init("JSON", "The value.", isOptional: true)]) { _ in 0
        },
    ])

func parsed(_ line: String, environment: [String: String] = [:], properties: [String: [String]] = [:]) throws -> (path: [String], Arguments)
{
    let words = line.split(separator: " ").map(String.init)
    guard case .run(_, let arguments) = try program.parse(words, environment: environment, properties: { _ in properties }) else {
        throw UsageError("no run")
    }
    return (arguments.path, arguments)
}
