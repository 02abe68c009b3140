import Avro
import Client
import CommandLine

/// `rejoinder request`
enum RequestCommand {
    static let command = Command(
        "request", summary: "Sends one request.", details: "Prints the acknowledgement at once; with --wait, the job when it has ended.",
        options: [
            Option(
                "wait", help: "Follow the job to its end, with a progress bar on a terminal. The exit status is 0 only when it completed."),
            Option("idempotency-key", value: .one("KEY"), help: "Sent again with the same key and body, it is the same request."),
            Option(
                "deadline", value: .one("TIME"),
                help: "When the answer stops being useful: a time such as 2026-12-01T12:00:00Z, or a duration such as PT10M."),
        ],
        operands: [
            .init("OPERATION", "The operation's name."),
            .init("JSON", "The request; @FILE reads a file, - standard input. The default is {}.", isOptional: true),
        ],
        run: { arguments in await Clients.run(arguments) { try await request($0, $1) } })

    private static func request(_ settings: Settings, _ api: GatewayAPI) async throws -> Int32 {
        let arguments = settings.arguments
        var body = Array((arguments.operands.count > 1 ? arguments.operands[1] : "{}").utf8)
        if body == [UInt8(ascii: "-")] {
            body = try Folders.read("-")
        } else if body.first == UInt8(ascii: "@") {
            body = try Folders.read(String(decoding: body.dropFirst(), as: UTF8.self))
        }
        var headers: [(name: String, value: String)] = []
        if let key = arguments["idempotency-key"] { headers.append(("Idempotency-Key", key)) }
        if let deadline = arguments["deadline"] { headers.append(("Rejoinder-Deadline", deadline)) }
        let (_, acknowledgement) = try await api.post("/requests/\(arguments.operands[0])", body: body, headers: headers)
        guard arguments.flag("wait"), let id = acknowledgement["requestId"]?.string else {
            if Clients.isJSON(settings) {
                Clients.print(acknowledgement)
            } else {
                Terminal.output.write("accepted \(acknowledgement["requestId"]?.string ?? "")\n")
                Terminal.error.write("Follow it with: rejoinder watch \(acknowledgement["requestId"]?.string ?? "")\n")
            }
            return 0
        }
        return try await Following.end(id, settings, api)
    }
}
