import Avro
import Core
import HTTPClient
import Testing

extension RealKafkaTests {
    /// The broker dies and comes back; our processes stay.
    @Suite(.timeLimit(.minutes(3)), .enabled(if: RealKafka.isOurs, "only a broker that KAFKA_HOME started may be killed"))
    struct BrokerDownTests {
        @Test func aRequestIsRefusedAsNotSentAndAllRecovers() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let gateway = try await ring.serve("gateway", name: "g")
                let correlator = try await ring.serve("correlator", name: "c")
                let worker = try await ring.worker()
                let before = try await gateway.post("demo.echo", #"{"text":"before"}"#).id
                #expect(try await gateway.final(before)["status"]?.string == "COMPLETED")

                try await RealKafka.shared.kill()
                do {
                    // What was in flight when the broker died is unknown, and says so by its id; what is sent after is refused as not sent.
                    var answer = try await gateway.post("demo.echo", #"{"text":"down"}"#, timeout: .seconds(5))
                    while answer.status == 503, answer.json["requestId"]?.string != nil {
                        answer = try await gateway.post("demo.echo", #"{"text":"down"}"#, timeout: .seconds(5))
                    }
                    #expect(answer.status == 503)
                    #expect(answer.json["detail"]?.string?.contains("not sent") == true, "\(answer.json.text)")
                    #expect(answer.response.header("retry-after") != nil)
                    // What is known is still told.
                    #expect(try await correlator.get("/status/\(before)").json["status"]?.string == "COMPLETED")
                    try await RealKafka.shared.restart()
                } catch {
                    try await RealKafka.shared.restart()
                    throw error
                }

                let after = try await gateway.accepted("demo.echo", #"{"text":"after"}"#, id: freshID().text)
                #expect(try await gateway.final(after)["result"]?["text"]?.string == "after")
                #expect(gateway.program.isRunning && correlator.program.isRunning && worker.isRunning)
                for program in [worker, gateway.program, correlator.program] {
                    #expect(try await program.terminate() == 0, "\(program.name)")
                }
            }
        }
    }
}
