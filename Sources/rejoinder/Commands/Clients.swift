import Avro
import Client
import CommandLine

/// What the commands that ask a gateway share.
enum Clients {
    static func run(_ arguments: Arguments, _ body: @escaping @Sendable (Settings, GatewayAPI) async throws -> Int32) async -> Int32 {
        await Runner.run(arguments) { settings in
            guard let api = GatewayAPI(base: settings.arguments["api"] ?? "") else {
                throw Folders.Failure(description: "the HTTP client cannot be made")
            }
            defer { api.close() }
            return try await untilSignal { try await body(settings, api) }
        }
    }

    static func isJSON(_ settings: Settings) -> Bool { settings.arguments["output"] == "json" }

    static func print(_ json: JSONValue) { Terminal.output.write(json.text + "\n") }

    /// Ends the body when a signal comes, with the shell's status for it.
    private static func untilSignal(_ body: @escaping @Sendable () async throws -> Int32) async throws -> Int32 {
        let work = Task { try await body() }
        let signals = Runner.signals
        let watch = Task {
            for await number in signals {
                work.cancel()
                return number
            }
            return Int32(0)
        }
        defer { watch.cancel() }
        let result = await work.result
        if work.isCancelled { return 130 }
        return try result.get()
    }
}
