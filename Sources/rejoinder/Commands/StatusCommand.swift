import Avro
import Client
import CommandLine

/// `rejoinder status`
enum StatusCommand {
    static let command = Command(
        "status", summary: "Shows a job.", operands: [.init("ID", "The requestId of the acknowledgement.")],
        run: { arguments in
            await Clients.run(arguments) { settings, api in
                let job = try await api.get("/status/\(arguments.operands[0])").json
                Clients.isJSON(settings) ? Clients.print(job) : Terminal.output.write(JobTable.details(job))
                return 0
            }
        })
}
