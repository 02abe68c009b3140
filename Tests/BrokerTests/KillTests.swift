import Avro
import Glibc
import HTTPClient
import Testing

extension RealKafkaTests {
    /// kill -9 of each role under load: no accepted job is lost.
    @Suite(.timeLimit(.minutes(3)))
    struct KillTests {
        @Test func aKilledWorkersJobIsFinishedByAnother() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT2S")) { ring in
                let node = try await ring.serve()
                let doomed = try await ring.worker(name: "doomed")
                let id = try await node.post("demo.echo", #"{"text":"survives","seconds":2}"#).id
                let running = try await node.job(id) { $0["status"]?.string == "RUNNING" }
                try await doomed.kill()
                _ = try await ring.worker(name: "heir")
                let job = try await node.final(id)
                #expect(job["status"]?.string == "COMPLETED" && job["result"]?["text"]?.string == "survives", "\(job.text)")
                #expect(job["attempt"]?.integer == 2)
                #expect(job["worker"]?.string != running["worker"]?.string)
                // The heir may be handed the first attempt's record again: that *started* comes too late and counts for nothing.
                let history = try await node.get("/status/\(id)/history").json["events"]?.array ?? []
                let types = history.filter { $0["counted"]?.boolean != false }.compactMap { $0["type"]?.string }
                #expect(types.contains("LeaseExpired") && types.filter { $0 == "Started" }.count == 2, "\(types)")
            }
        }

        @Test func aKilledCorrelatorLosesNothing() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let gateway = try await ring.serve("gateway", name: "g")
                let correlator = try await ring.serve("correlator", name: "c")
                _ = try await ring.worker()
                let stream = RequestStream()
                async let sent: Void = stream.send(160) { _ in gateway }
                try await stream.reached(40)
                try await correlator.program.kill()
                let again = try await ring.serve("correlator", name: "c")
                try await sent
                #expect(try await stream.outcomes(from: gateway) == ["COMPLETED": 160])
                #expect(again.program.isRunning && gateway.program.isRunning)
            }
        }

        @Test func aKilledGatewayLosesNothingThatWasAccepted() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let first = try await ring.serve("gateway", name: "g1")
                let second = try await ring.serve("gateway", name: "g2")
                let correlator = try await ring.serve("correlator", name: "c")
                _ = try await ring.worker()
                let current = Current(first)
                let stream = RequestStream()
                async let sent: Void = stream.send(160) { $0 % 2 == 0 ? current.node : second }
                try await stream.reached(40)
                try await first.program.kill()
                current.node = try await ring.serve("gateway", name: "g1")
                try await sent
                #expect(try await stream.outcomes(from: correlator) == ["COMPLETED": 160])
            }
        }

        @Test func everythingKilledAtOnceGoesOn() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT2S")) { ring in
                let current = Current(try await ring.serve())
                let worker = try await ring.worker(name: "doomed")
                let stream = RequestStream()
                async let sent: Void = stream.send(120) { _ in current.node }
                let long = try await current.node.post("demo.echo", #"{"text":"long","seconds":3}"#).id
                _ = try await current.node.job(long) { $0["status"]?.string == "RUNNING" }
                try await stream.reached(40)
                for program in [worker, current.node.program] { program.signal(SIGKILL) }
                for program in [worker, current.node.program] { _ = try await program.ended() }
                current.node = try await ring.serve()
                _ = try await ring.worker(name: "heir")
                try await sent
                #expect(try await stream.outcomes(from: current.node) == ["COMPLETED": 120])
                #expect(try await current.node.final(long)["status"]?.string == "COMPLETED")
            }
        }
    }
}
