import Avro
import Glibc
import HTTPClient
import Testing

extension RealKafkaTests {
    /// `rejoinder worker --operation NAME -- COMMAND…`
    @Suite(.timeLimit(.minutes(2)))
    struct ProgramWorkerTests {
        @Test func aShellScriptAnswersWithProgress() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let node = try await ring.serve()
                let script = #"""
                    read -r document
                    case $document in *'"operation":"demo.echo"'*'"request":{"text":"ask"'*) ;; *) echo "odd: $document" >&2; exit 3 ;; esac
                    echo '{"progress":{"fraction":0.5,"message":"half"}}'
                    echo "{\"result\":{\"text\":\"$REJOINDER_REQUEST_ID $REJOINDER_ATTEMPT\"}}"
                    """#
                _ = try await ring.worker("demo.echo", running: ["sh", "-c", script])
                let id = try await node.post("demo.echo", #"{"text":"ask"}"#).id
                let job = try await node.final(id)
                #expect(job["status"]?.string == "COMPLETED" && job["result"]?["text"]?.string == "\(id) 1", "\(job.text)")
                let types = try await node.get("/status/\(id)/history").json["events"]?.array?.compactMap { $0["type"]?.string } ?? []
                #expect(types.contains("Progress"), "\(types)")
            }
        }

        @Test func aPythonProgramAnswers() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let node = try await ring.serve()
                let program = """
                    import json, sys
                    work = json.load(sys.stdin)
                    print(json.dumps({"progress": 0.5}), flush=True)
                    print(json.dumps({"result": {"text": work["request"]["text"].upper()}}), flush=True)
                    """
                try Files.write(program, to: "\(ring.folder)/upper.py")
                _ = try await ring.worker("demo.echo", running: ["python3", "\(ring.folder)/upper.py"])
                let id = try await node.post("demo.echo", #"{"text":"grüezi"}"#).id
                let job = try await node.final(id)
                #expect(job["result"]?["text"]?.string == "GRÜEZI", "\(job.text)")
            }
        }

        @Test(arguments: [
            ("kill -9 $$", "signal"), ("echo out of paper >&2; exit 7", "out of paper"), ("echo no JSON; exit 0", ""), ("exit 0", ""),
        ])
        func aProgramThatEndsBadlyIsTriedAgain(end: String, told: String) async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S", attempts: 2)) { ring in
                let node = try await ring.serve()
                _ = try await ring.worker("demo.echo", running: ["sh", "-c", "read -r line; \(end)"])
                let job = try await node.final(try await node.post("demo.echo", #"{"text":"x"}"#).id)
                #expect(job["status"]?.string == "FAILED" && job["attempt"]?.integer == 2, "\(job.text)")
                #expect(told.isEmpty || job["error"]?["message"]?.string?.contains(told) == true, "\(job.text)")
            }
        }

        @Test func aResultThatDoesNotFitIsNotTriedAgain() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let node = try await ring.serve()
                _ = try await ring.worker("demo.echo", running: ["sh", "-c", #"read -r line; echo '{"result":{"text":7}}'"#])
                let job = try await node.final(try await node.post("demo.echo", #"{"text":"x"}"#).id)
                #expect(job["status"]?.string == "FAILED" && job["attempt"]?.integer == 1, "\(job.text)")
                #expect(job["error"]?["message"]?.string?.contains("text") == true, "\(job.text)")
            }
        }

        @Test func aResultThatIsTooLargeIsAFailureOfThatName() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let node = try await ring.serve()
                let script = #"read -r line; printf '{"result":{"text":"'; head -c 1500000 /dev/zero | tr '\0' x; echo '"}}'"#
                _ = try await ring.worker("demo.echo", running: ["sh", "-c", script])
                let job = try await node.final(try await node.post("demo.echo", #"{"text":"x"}"#).id)
                #expect(job["status"]?.string == "FAILED" && job["attempt"]?.integer == 1, "\(job.text)")
                #expect(job["error"]?["code"]?.string == "too-large", "\(job.text)")
            }
        }

        @Test func programsDieWithTheirWorker() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT2S")) { ring in
                let node = try await ring.serve()
                let script =
                    #"read -r line; [ "$REJOINDER_ATTEMPT" = 1 ] && { echo $$ >"$0"; exec tail -f /dev/null; }; echo '{"result":{"text":"heir"}}'"#
                let command = ["sh", "-c", script, "\(ring.folder)/pid"]
                let doomed = try await ring.worker("demo.echo", running: command)
                let id = try await node.post("demo.echo", #"{"text":"x"}"#).id
                var pid: pid_t?
                while pid == nil {
                    pid = Files.text("\(ring.folder)/pid").flatMap { pid_t($0.filter(\.isNumber)) }
                    try await Pause.beforeAskingAgain()
                }
                try await doomed.kill()
                while let pid, Glibc.kill(pid, 0) == 0 { try await Pause.beforeAskingAgain() }
                _ = try await ring.worker("demo.echo", running: command)
                let job = try await node.final(id)
                #expect(job["status"]?.string == "COMPLETED" && job["result"]?["text"]?.string == "heir", "\(job.text)")
            }
        }
    }
}
