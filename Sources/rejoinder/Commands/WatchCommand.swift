import Avro
import Client
import CommandLine

/// `rejoinder watch`
enum WatchCommand {
    static let command = Command(
        "watch", summary: "Follows a job to its end.",
        details: "With --output json, one JSON document a line for each state. The exit status is 0 only when it completed.",
        operands: [.init("ID", "The requestId of the acknowledgement.")],
        run: { arguments in
            await Clients.run(arguments) { settings, api in
                guard Clients.isJSON(settings) else { return try await Following.end(arguments.operands[0], settings, api) }
                try await api.follow(arguments.operands[0]) { Clients.print($0) }
                return try await api.get("/status/\(arguments.operands[0])").json["status"]?.string == "COMPLETED" ? 0 : 1
            }
        })
}
