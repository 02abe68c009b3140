import Avro
import HTTPClient
import Testing

extension RealKafkaTests {
    /// The commands that people type, and what the program refuses.
    @Suite(.timeLimit(.minutes(2)))
    struct CommandTests {
        private static func json(_ line: String?) throws -> JSONValue { try JSONValue(parsing: line ?? "") }

        @Test func aRequestIsSentFollowedAndLookedAt() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let node = try await ring.serve()
                _ = try await ring.worker()
                let api = ["--api", node.base, "--output", "json"]
                let done = try await ring.run(["request", "demo.echo", #"{"text":"typed","seconds":0.3}"#, "--wait"] + api)
                #expect(done.status == 0, "\(done.log)")
                let job = try Self.json(done.lines.last)
                #expect(job["result"]?["text"]?.string == "typed", "\(done.lines)")
                let id = job["requestId"]?.string ?? ""

                let plain = try await ring.run(["request", "demo.echo", #"{"text":"plain"}"#, "--wait", "--api", node.base])
                #expect(plain.status == 0 && plain.lines == [#"{"text":"plain"}"#], "\(plain.lines) \(plain.log)")
                let status = try await ring.run(["status", id] + api)
                #expect(try Self.json(status.lines.first)["status"]?.string == "COMPLETED")
                let jobs = try await ring.run(["jobs", "--status", "COMPLETED"] + api)
                #expect(try Self.json(jobs.lines.first)["jobs"]?.array?.count == 2, "\(jobs.lines)")
                let history = try await ring.run(["history", id] + api)
                #expect(try Self.json(history.lines.first)["events"]?.array?.last?["type"]?.string == "Completed")
                let timeline = try await ring.run(["history", id, "--api", node.base])
                #expect(timeline.status == 0 && timeline.lines.contains { $0.contains("Started") }, "\(timeline.lines)")
                let watched = try await ring.run(["watch", id] + api)
                #expect(watched.status == 0)

                // A job that fails is an exit status of its own; so is a body that does not fit.
                let failed = try await ring.run(["request", "demo.echo", #"{"text":"x","failures":9}"#, "--wait"] + api)
                #expect(failed.status == 1, "\(failed.lines)")
                let unfit = try await ring.run(["request", "demo.echo", #"{"txt":"x"}"#] + api)
                #expect(unfit.status == 1 && unfit.log.contains("text"), "\(unfit.log)")
            }
        }

        @Test func topicsAreMadeOnceAndAChangeIsSaid() async throws {
            try await Ring.with(schemas: DemoSchema.echo()) { ring in
                let again = try await ring.run(["topics", "create", "--partitions", "4", "--output", "json"])
                #expect(again.status == 0)
                let report = try Self.json(again.lines.first)
                #expect(report["created"]?.array == [] && report["existing"]?.array?.isEmpty == false, "\(report.text)")
                let other = try await ring.run(["topics", "create", "--partitions", "5"])
                #expect(other.status == 1 && other.log.contains("4") && other.log.contains("5"), "\(other.status) \(other.log)")
            }
        }

        @Test func serveRefusesAnOpenAddress() async throws {
            try await Ring.with(schemas: DemoSchema.echo()) { ring in
                let data = ["--data", "\(ring.folder)/data"]
                let open = try await ring.run(["serve", "--http", "0.0.0.0:0", "--advertise", "127.0.0.1:1"] + data)
                #expect(open.status == 2 && open.log.contains("--insecure"), "\(open.log)")
                let nowhere = try await ring.run(["serve", "--http", "0.0.0.0:0", "--insecure"] + data)
                #expect(nowhere.status == 2 && nowhere.log.contains("--advertise"), "\(nowhere.log)")
                let port = Ports.free()
                let words = ["serve", "--http", "0.0.0.0:\(port)", "--advertise", "127.0.0.1:\(port)", "--insecure"]
                let node = try await ring.start(words + data)
                _ = try await node.line { $0.hasPrefix("ready http://0.0.0.0:\(port)") ? true : nil }
                #expect(try await node.terminate() == 0)
            }
        }

        @Test(arguments: [["serve"], ["worker", "--demo"], ["topics", "create"], ["tail"]])
        func aBrokerThatIsNotThereIsNamed(words: [String]) async throws {
            try await Ring.with(schemas: DemoSchema.echo()) { ring in
                let nobody = "127.0.0.1:\(Ports.free())"
                let data = words == ["serve"] ? ["--http", "127.0.0.1:0", "--data", "\(ring.folder)/data"] : []
                let result = try await ring.run(words + data, environment: ["KAFKA_BOOTSTRAP_SERVERS": nobody])
                #expect(result.status == 1, "\(result.status) \(result.log)")
                #expect(result.log.contains(nobody), "\(result.log)")
            }
        }

        @Test func missingTopicsAreSaid() async throws {
            try await Ring.with(schemas: DemoSchema.echo()) { ring in
                let words = ["serve", "--http", "127.0.0.1:0", "--data", "\(ring.folder)/data", "--prefix", "\(ring.prefix)none-"]
                let result = try await ring.run(words)
                #expect(result.status == 1 && result.log.contains("topics create"), "\(result.status) \(result.log)")
            }
        }
    }
}
