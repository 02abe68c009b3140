import Avro
import Glibc
import HTTPClient
import Testing

/// `rejoinder dev` as a user meets it; needs no Kafka.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct DevTests {
    /// `rejoinder dev` with a folder of the test's own; killed behind the test.
    private static func with(_ extra: [String] = [], environment: [String: String] = [:], _ body: (Program, String) async throws -> Void)
        async throws
    {
        let folder = try Files.makeTemporaryFolder()
        let schemas = extra.contains("--schemas") ? [] : ["--schemas", "\(Surroundings.project)/schemas"]
        let words = [Surroundings.rejoinder, "dev"] + schemas
        let address = extra.contains("--http") ? [] : ["--http", "127.0.0.1:0"]
        let program = try await Program.start("dev", words + address + extra, environment: environment, logPath: "\(folder)/log")
        do {
            try await body(program, folder)
        } catch {
            Issue.record(error, "\(program.log.suffix(3000))")
        }
        try await program.kill()
        Files.remove(folder)
    }

    private static func base(_ program: Program) async throws -> String {
        try await program.line { $0.hasPrefix("ready http://127.0.0.1:") ? String($0.dropFirst("ready ".count)) : nil }
    }

    @Test func theLineToTryWorksWhenPasted() async throws {
        try await Self.with { program, folder in
            let base = try await Self.base(program)
            let welcome = try await program.log(with: "Ctrl-C")
            #expect(welcome.contains("broker") && welcome.contains("forgets everything") && welcome.contains("Ctrl-C"))
            let line = welcome.split(separator: "\n").first { $0.contains("curl ") }.map {
                String($0[($0.firstRange(of: "curl ")?.lowerBound ?? $0.startIndex)...])
            }
            let pasted = try await Program.start("sh", ["sh", "-c", line ?? "false"], logPath: "\(folder)/pasted.log")
            let status = try await pasted.ended()
            #expect(status == 0)
            let acknowledgement = try JSONValue(parsing: pasted.lines.joined())
            #expect(acknowledgement["status"]?.string == "ACCEPTED", "\(pasted.lines)")
            guard let client = HTTPClient() else { throw Program.Failure(description: "no HTTP client") }
            defer { client.close() }
            let node = Node(program: program, base: base, client: client)
            let job = try await node.final(acknowledgement["requestId"]?.string ?? "")
            #expect(job["status"]?.string == "COMPLETED" && job["result"]?["text"]?.string == "hello", "\(job.text)")

            let page = try await node.get("/")
            #expect(page.status == 200 && String(decoding: page.response.body, as: UTF8.self).contains("/operations"))
            for probe in ["/livez", "/readyz", "/metrics", "/operations", "/operations/demo.echo"] {
                #expect(try await node.get(probe).status == 200, "\(probe)")
            }
            // Ctrl-C: exit status 0 means that all ended within the 3 s.
            program.signal(SIGINT)
            #expect(try await program.ended() == 0, "\(program.log.suffix(2000))")
        }
    }

    @Test func ctrlCEndsItWhileAJobRuns() async throws {
        try await Self.with { program, _ in
            let base = try await Self.base(program)
            guard let client = HTTPClient() else { throw Program.Failure(description: "no HTTP client") }
            defer { client.close() }
            let node = Node(program: program, base: base, client: client)
            let id = try await node.post("demo.echo", #"{"text":"endless","seconds":3600}"#).id
            _ = try await node.job(id) { $0["status"]?.string == "RUNNING" }
            program.signal(SIGINT)
            #expect(try await program.ended() == 0, "\(program.log.suffix(2000))")
        }
    }

    @Test func aTakenPortIsSaid() async throws {
        try await Self.with { first, folder in
            let taken = try await Self.base(first).dropFirst("http://".count)
            try await Self.with(["--http", String(taken)]) { second, _ in
                let status = try await second.ended()
                #expect(status == 1)
                #expect(second.log.contains(taken.split(separator: ":").last ?? "") && second.lines.isEmpty, "\(second.log)")
            }
        }
    }

    @Test func aDataFolderThatCannotBeWrittenIsSaid() async throws {
        let file = try Files.makeTemporaryFolder()
        defer { Files.remove(file) }
        try Files.write("a file", to: "\(file)/file")
        try await Self.with(["--data", "\(file)/file/data"]) { program, _ in
            let status = try await program.ended()
            #expect(status == 1)
            #expect(program.log.contains("\(file)/file/data") && program.lines.isEmpty, "\(program.log)")
        }
    }

    @Test func anAddressThatIsNotLoopbackIsRefused() async throws {
        try await Self.with(["--http", "0.0.0.0:0"]) { program, _ in
            let status = try await program.ended()
            #expect(status == 2)
            #expect(program.log.contains("loopback"), "\(program.log)")
        }
    }

    @Test func aFileThatIsNoProtocolIsNamed() async throws {
        let folder = try Files.makeTemporaryFolder()
        defer { Files.remove(folder) }
        try Files.write("{\"protocol\":", to: "\(folder)/broken.avpr")
        try await Self.with(["--schemas", folder]) { program, _ in
            let status = try await program.ended()
            #expect(status == 1)
            #expect(program.log.contains("broken.avpr"), "\(program.log)")
        }
    }
}
