import Avro
import HTTPClient
import Testing

extension RealKafkaTests {
    /// SIGTERM: exit status 0 means that a role ended within its limit.
    @Suite(.timeLimit(.minutes(2)))
    struct StopTests {
        @Test(arguments: ["gateway", "correlator", "all"])
        func aNodeEndsWhileClientsWait(role: String) async throws {
            try await Ring.with(schemas: DemoSchema.echo()) { ring in
                let node = try await ring.serve(role)
                let other = role == "gateway" ? try await ring.serve("correlator", name: "c") : node
                let entry = role == "correlator" ? try await ring.serve("gateway", name: "g") : node
                let accepted = try await entry.post("demo.echo", #"{"text":"waits"}"#)
                #expect(accepted.status == 202)
                let first = Observed(EventFeed())
                async let stream = try? node.events(accepted.id, into: first)
                async let poll = try? node.get("/status/\(accepted.id)", [("Prefer", "wait=60"), ("If-None-Match", "\"0\"")])
                _ = try await first.first { $0.events.isEmpty ? nil : true }
                #expect(try await node.program.terminate() == 0, "\(node.program.log.suffix(2000))")
                _ = await (stream, poll)
                #expect(role != "gateway" || other.program.isRunning)
            }
        }

        @Test func aRunningHandlerIsHandedBack() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let node = try await ring.serve()
                // The first attempt would take for ever, the next one answers at once.
                let script = #"read -r line; [ "$REJOINDER_ATTEMPT" = 1 ] && exec tail -f /dev/null; echo '{"result":{"text":"second"}}'"#
                let first = try await ring.worker("demo.echo", running: ["sh", "-c", script])
                let id = try await node.post("demo.echo", #"{"text":"x"}"#).id
                _ = try await node.job(id) { $0["status"]?.string == "RUNNING" }
                #expect(try await first.terminate() == 0, "\(first.log.suffix(2000))")
                _ = try await ring.worker("demo.echo", running: ["sh", "-c", script])
                let job = try await node.final(id)
                #expect(job["status"]?.string == "COMPLETED" && job["result"]?["text"]?.string == "second", "\(job.text)")
                #expect(job["attempt"]?.integer == 2)
                let types = try await node.get("/status/\(id)/history").json["events"]?.array?.compactMap { $0["type"]?.string } ?? []
                #expect(types.contains("Released") && !types.contains("Failed") && !types.contains("LeaseExpired"), "\(types)")
            }
        }

        @Test func aFinishingHandlerIsWaitedFor() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let node = try await ring.serve()
                let worker = try await ring.worker()
                let id = try await node.post("demo.echo", #"{"text":"in time","seconds":2}"#).id
                _ = try await node.job(id) { $0["status"]?.string == "RUNNING" }
                #expect(try await worker.terminate() == 0)
                let job = try await node.final(id)
                #expect(job["status"]?.string == "COMPLETED" && job["attempt"]?.integer == 1, "\(job.text)")
            }
        }
    }
}
