import Core
import Events
import Telemetry
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(4))) struct ProgramWorkerTests {
    static func run(
        _ command: [String], grace: Duration = .seconds(5), _ json: String = #"{"text":"hi"}"#,
        check: (Ring, RequestID, Answers) async throws -> Void
    ) async throws {
        try await Ring.with { ring in
            let worker = try Worker(ring.settings, catalogue: ring.catalogue)
            try worker.handle("demo.echo", concurrency: 2, by: try ProgramHandler(command, grace: grace))
            try await worker.start()
            let answers = try Answers(ring, "demo.echo")
            let id = try await ring.request("demo.echo", json)
            try await check(ring, id, answers)
            await worker.stop(within: .seconds(2))
            await answers.close()
        }
    }

    @Test func aPythonProgramReadsTheRequestAndAnswers() async throws {
        let program = """
            import json, os, sys
            work = json.load(sys.stdin)
            assert set(work) == {"requestId","operation","attempt","deadline","idempotencyKey","traceparent","request","checkpoint"}, work
            assert work["requestId"] == os.environ["REJOINDER_REQUEST_ID"] and os.environ["REJOINDER_ATTEMPT"] == "1"
            for n in range(5): print(json.dumps({"progress": {"fraction": n / 4, "message": f"step {n}", "completed": n, "total": 4}}), flush=True)
            print("a line for the log", file=sys.stderr)
            print(json.dumps({"result": {"text": work["request"]["text"].upper() + " " + work["operation"]}}))
            """
        try await Self.run(["python3", "-c", program]) { _, id, answers in
            let events = await answers.end(of: id)
            let text = try EchoTests.text(events.last?.event.completedBytes)
            #expect(text == "HI demo.echo")
            #expect(events.compactMap(\.event.progress).last == Progress(fraction: 1, message: "step 4", completed: 4, total: 4, unit: ""))
        }
    }

    @Test func endsThatAreFailures() async throws {
        let ends: [(script: String, code: String, retryable: Bool, message: String)] = [
            ("echo oops >&2; exit 3", "program-ended", true, "status 3; standard error ends: oops"),
            ("kill -9 $$", "program-killed", true, "signal 9"),
            ("echo hello; exit 0", "program-output", true, "hello"),
            (#"echo '{"result":{"text":"a"}}'; echo '{"progress":1}'"#, "program-output", true, "behind its result"),
            (#"echo '{"error":{"code":"Busy","message":"come back","retryable":true}}'"#, "Busy", true, "come back"),
            (#"echo '{"error":{"code":"Bad","message":"no","retryable":false,"details":{"x":1}}}'; exit 1"#, "Bad", false, "no"),
            (#"echo '{"result":{"txt":"a"}}'"#, "invalid-result", false, "/txt"),
            (#"echo '{"part":1}'; sleep 100"#, "invalid-part", false, "no partial results"),
        ]
        // The request's text is the script.
        let program = #"import json,os,sys; os.execvp("sh", ["sh", "-c", json.load(sys.stdin)["request"]["text"]])"#
        try await Self.run(["python3", "-c", program], #"{"text":"true"}"#) { ring, first, answers in
            #expect(await answers.end(of: first).last?.event.failure?.code == "program-ended")
            for end in ends {
                let id = try await ring.request("demo.echo", "{\"text\":\(JSONLine.quoted(end.script))}")
                let failure = try #require(await answers.end(of: id).last?.event.failure)
                #expect(failure.code == end.code)
                #expect(failure.retryable == end.retryable)
                #expect(failure.message.contains(end.message), "\(failure.message)")
            }
        }
    }

    @Test func aCancelledProgramIsTerminatedAndTheJobCancelled() async throws {
        try await Self.run(["sh", "-c", #"echo '{"progress":0.5}'; exec sleep 1000"#]) { ring, id, answers in
            _ = await answers.until { $0.count == 2 }
            try await ring.send(.cancel(reason: "enough"), id: id, operation: "demo.echo")
            let events = await answers.until { _ in true }
            #expect(events.last?.record.event == .cancelled(reason: "enough"))
        }
    }

    @Test func aProgramThatIsNotThereIsARetryableFailure() async throws {
        try await Self.run(["/nowhere/at-all"]) { _, id, answers in
            let failure = try #require(await answers.end(of: id).last?.event.failure)
            #expect(failure.code == "program-not-started" && failure.retryable)
        }
    }

    @Test func progressIsCoalesced() async throws {
        let program = """
            import json
            for n in range(20000): print(json.dumps({"progress": n / 20000}))
            print(json.dumps({"progress": 1}))
            print('{"result":{"text":"x"}}')
            """
        try await Self.run(["python3", "-c", program]) { _, id, answers in
            let progress = await answers.end(of: id).compactMap(\.event.progress)
            #expect(progress.last?.fraction == 1)
            #expect(progress.count < 200)
        }
    }
}
