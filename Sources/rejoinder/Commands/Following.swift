import Avro
import Client
import CommandLine
import Telemetry

/// Follows a job to its end and prints how it went: progress on standard error, the job on standard output.
enum Following {
    static func end(_ id: String, _ settings: Settings, _ api: GatewayAPI) async throws -> Int32 {
        let bar = ProgressBar(.error)
        let shows = !Clients.isJSON(settings) || Terminal.error.isTerminal
        let last = Last()
        try await api.follow(id) { job in
            last.set(job)
            if shows { bar.show(job) }
        }
        bar.end()
        let job: JSONValue
        if let followed = last.job { job = followed } else { job = try await api.get("/status/\(id)").json }
        Clients.isJSON(settings) ? Clients.print(job) : print(job)
        return job["status"]?.string == "COMPLETED" ? 0 : 1
    }

    private static func print(_ job: JSONValue) {
        if job["status"]?.string == "COMPLETED", let result = job["result"] {
            Terminal.output.write(result.text + "\n")
        } else {
            Terminal.output.write(JobTable.details(job))
        }
    }

    private final class Last: Sendable {
        private let value = Locked<JSONValue?>(nil)
        var job: JSONValue? { value.withLock { $0 } }
        func set(_ job: JSONValue) { value.withLock { $0 = job } }
    }
}
