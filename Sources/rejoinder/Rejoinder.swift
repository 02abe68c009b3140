import CommandLine
import Glibc

/// The program: reads the command line, builds what the command needs, and runs it.
@main enum Rejoinder {
    static let version = "0.1.0"

    static func main() {
        let words = Array(Swift.CommandLine.arguments.dropFirst())
        let environment = environment()
        let outcome: Command.Outcome
        do throws(UsageError) {
            outcome = try CommandTable.program.parse(words, environment: environment) { arguments throws(UsageError) in
                let path = arguments["properties"] ?? environment["REJOINDER_PROPERTIES"]
                guard let file = try PropertiesFile(path: path ?? "rejoinder.properties") else {
                    if let path { throw UsageError("the properties file \(path) is not there", path: arguments.path) }
                    return [:]
                }
                return try file.values(options: CommonOptions.all, name: path ?? "rejoinder.properties")
            }
        } catch {
            Terminal.error.write(error.text + "\n")
            exit(2)
        }
        switch outcome {
        case .version:
            Terminal.output.write("rejoinder \(version)\n")
            exit(0)
        case .help(let command, let path, let inherited):
            Terminal.output.write(command.help(path: path, inherited: inherited, width: Terminal.output.width))
            exit(0)
        case .run(let command, let arguments):
            Signals.serve { signals in await SignalStream.$current.withValue(signals) { await command.run?(arguments) ?? 2 } }
        }
    }

    private static func environment() -> [String: String] {
        var values: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return values
    }
}

/// The signals of the process, for the command that runs.
enum SignalStream {
    @TaskLocal static var current: AsyncStream<Int32>?
}
