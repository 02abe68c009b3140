import Core
import Telemetry

/// Makes any program a worker: started once for each attempt, the request as JSON on its standard input, progress and result as JSON lines on its
/// standard output, cancellation as SIGTERM.
public struct ProgramHandler: Handler {
    let command: [String]
    let grace: Duration

    /// `command`: the program (looked up in PATH unless it has a slash) and its arguments; no shell. `grace`: between SIGTERM and SIGKILL.
    public init(_ command: [String], grace: Duration = .seconds(10)) throws(WorkerError) {
        guard let program = command.first, !program.isEmpty else {
            throw WorkerError(.configuration, operation: "program", detail: "no command is given")
        }
        self.command = command
        self.grace = grace
    }

    public func run(_ work: Work, _ context: Context) async throws -> Answer {
        let session = ProgramSession(context)
        var environment: [(name: String, value: String)] = [
            ("REJOINDER_REQUEST_ID", work.id.text), ("REJOINDER_ATTEMPT", String(work.attempt)),
        ]
        if let traceparent = work.request.traceparent { environment.append(("TRACEPARENT", traceparent)) }
        let logger = context.logger
        let launch = ProgramLaunch(
            command: command, environment: environment, input: try Self.document(work), grace: grace, line: { session.take($0) },
            complaint: { line in logger.info(String(decoding: line, as: UTF8.self)) })
        let end: ProgramEnd
        do throws(WorkerError) {
            end = try await ProgramThread.shared.run(launch)
        } catch {
            throw HandlerFailure(code: "program-not-started", message: error.description, retryable: true)
        }
        return try session.answer(end)
    }

    /// What the program reads: one JSON document and a line end.
    static func document(_ work: Work) throws(HandlerFailure) -> [UInt8] {
        let request = work.request
        var text =
            "{\"requestId\":\"\(request.id.text)\",\"operation\":\(JSONLine.quoted(request.operation)),\"attempt\":\(request.attempt)"
        text += ",\"deadline\":\(JSONLine.quoted(request.deadline?.rfc3339)),\"idempotencyKey\":\(JSONLine.quoted(request.idempotencyKey))"
        text += ",\"traceparent\":\(JSONLine.quoted(request.traceparent)),\"request\":"
        return Array(text.utf8) + (try work.json()) + Array(",\"checkpoint\":null}\n".utf8)
    }
}
