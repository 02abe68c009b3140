import Avro
import Core
import HTTPClient
import Testing

extension RealKafkaTests {
    /// What becomes of a request that does not simply succeed.
    @Suite(.timeLimit(.minutes(2)))
    struct LifeTests {
        @Test func failuresComeAgainAndEndAsADeadLetter() async throws {
            try await Ring.with(schemas: DemoSchema.echo(attempts: 3)) { ring in
                let node = try await ring.serve()
                _ = try await ring.worker()
                let never = try await node.post("demo.echo", #"{"text":"never","failures":9}"#).id
                let second = try await node.post("demo.echo", #"{"text":"second","failures":1}"#).id
                let failed = try await node.final(never)
                #expect(failed["status"]?.string == "FAILED" && failed["attempt"]?.integer == 3, "\(failed.text)")
                #expect(failed["error"]?["code"]?.string == "asked-to-fail")
                #expect(failed["error"]?["attempts"]?.array?.count == 3, "\(failed.text)")
                let job = try await node.final(second)
                #expect(job["status"]?.string == "COMPLETED" && job["attempt"]?.integer == 2 && job["error"] == .null, "\(job.text)")

                let letter = try await ring.tailed("demo.echo") { event in
                    event["topic"]?.string == "\(ring.prefix)demo.echo.dead-letters" ? event : nil
                }
                #expect(letter["requestId"]?.string == never, "\(letter.text)")
            }
        }

        @Test func aDeadlineExpiresWithoutAnyWorker() async throws {
            try await Ring.with(schemas: DemoSchema.echo()) { ring in
                let node = try await ring.serve()
                let answer = try await node.post("demo.echo", #"{"text":"late"}"#, [("Rejoinder-Deadline", "PT1S")])
                #expect(answer.status == 202)
                let job = try await node.final(answer.id)
                #expect(job["status"]?.string == "EXPIRED" && job["result"] == .null && job["deadline"]?.string != nil, "\(job.text)")
                // A worker that comes later does not run it.
                _ = try await ring.worker()
                let next = try await node.post("demo.echo", #"{"text":"next"}"#).id
                #expect(try await node.final(next)["status"]?.string == "COMPLETED")
                #expect(try await node.final(answer.id)["version"]?.integer == job["version"]?.integer)
            }
        }

        @Test func aRecordInAWrongPartitionIsMovedAndAnswered() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let node = try await ring.serve()
                _ = try await ring.worker()
                let id = freshID()
                let wrong = (partition(of: id, count: 4) + 1) % 4
                let value = try ring.requestRecord(id, #"{"text":"astray"}"#)
                try await ring.produce("demo.echo.requests", partition: wrong, key: id.text, value)
                let moved = try await ring.tailed("demo.echo") { event in
                    event["type"]?.string == "Request" && event["requestId"]?.string == id.text
                        && event["partition"]?.integer == Int64(partition(of: id, count: 4)) ? event : nil
                }
                #expect(moved["topic"]?.string == "\(ring.prefix)demo.echo.requests", "\(moved.text)")
                let job = try await node.final(id.text)
                #expect(job["status"]?.string == "COMPLETED" && job["result"]?["text"]?.string == "astray", "\(job.text)")
                #expect(try await node.metric("rejoinder_records_misplaced_total") == 1)
            }
        }

        @Test func garbageIsSetAsideAndThePartitionMovesOn() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let node = try await ring.serve()
                _ = try await ring.worker()
                let id = freshID()
                let number = partition(of: id, count: 4)
                let garbage: [[UInt8]] = [
                    Array("not Avro at all".utf8), [], [0, 0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3], [0] + [UInt8](repeating: 0xFF, count: 64),
                    Array(try ring.requestRecord(id, #"{"text":"cut"}"#).prefix(30)),
                ]
                for topic in ["demo.echo.requests", "demo.echo.responses", "rejoinder.commands", "rejoinder.heartbeats"] {
                    for bytes in garbage { try await ring.produce(topic, partition: number, key: "no id", bytes) }
                    try await ring.produce(topic, partition: number, key: nil, [1])
                }
                try await ring.produce(
                    "demo.echo.requests", partition: number, key: id.text, try ring.requestRecord(id, #"{"text":"good"}"#))
                let job = try await node.final(id.text)
                #expect(job["status"]?.string == "COMPLETED" && job["result"]?["text"]?.string == "good", "\(job.text)")
                #expect(try await node.metric("rejoinder_records_set_aside_total") >= 12)
            }
        }

        @Test func bodiesThatDoNotFitAreRefusedWithEveryFault() async throws {
            try await Ring.with(schemas: DemoSchema.echo()) { ring in
                let node = try await ring.serve()
                #expect(try await node.post("demo.echo", #"{"text":"#).status == 400)
                #expect(try await node.post("no.such", "{}").status == 404)
                let unfit = try await node.post("demo.echo", #"{"text":7,"seconds":"x","other":1}"#)
                #expect(unfit.status == 422)
                let pointers = unfit.json["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? []
                #expect(Set(pointers) == ["/text", "/seconds", "/other"], "\(unfit.json.text)")
                let large = #"{"text":"\#(String(repeating: "x", count: 10 << 20))"}"#
                #expect(try await node.post("demo.echo", large).status == 413)
                #expect(try await node.get("/jobs").json["jobs"]?.array?.isEmpty == true)
            }
        }
    }
}
