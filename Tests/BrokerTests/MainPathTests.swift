import Avro
import HTTPClient
import Testing

extension RealKafkaTests {
    /// One node, one worker, the demo operations: what the README shows.
    @Suite(.timeLimit(.minutes(2)))
    struct MainPathTests {
        @Test func aRequestIsAcceptedDoneAndAnswered() async throws {
            try await Ring.with { ring in
                let node = try await ring.serve()
                let worker = try await ring.worker()
                let accepted = try await node.post("demo.echo", #"{"text":"hello","seconds":0.5}"#)
                #expect(accepted.status == 202)
                #expect(accepted.json["status"]?.string == "ACCEPTED")
                #expect(accepted.location.hasPrefix("/status/\(accepted.id)?seen="))
                #expect(accepted.json["links"]?["status"]?.string == "/status/\(accepted.id)")

                // Reading one's own write, at once, waits for the fold instead of saying 404.
                let own = try await node.get(accepted.location)
                #expect(own.status == 200)
                let job = try await node.final(accepted.id)
                #expect(job["status"]?.string == "COMPLETED")
                #expect(job["result"]?["text"]?.string == "hello")
                #expect(job["attempt"]?.integer == 1)
                #expect(job["error"] == .null)
                #expect(job["finishedAt"]?.string != nil)

                let unknown = try await node.get("/status/01890000-0000-7000-8000-000000000000")
                #expect(unknown.status == 404)
                #expect(try await worker.terminate() == 0)
                #expect(try await node.program.terminate() == 0)
            }
        }

        @Test func aStreamTellsEachChangeOnceAndEndsAfterTheFinalOne() async throws {
            try await Ring.with(schemas: DemoSchema.echo()) { ring in
                let node = try await ring.serve()
                _ = try await ring.worker()
                let id = try await node.post("demo.echo", #"{"text":"stream","seconds":1}"#).id
                let (status, events) = try await node.events(id)
                #expect(status == 200)
                let versions = events.compactMap { Int($0.id) }
                #expect(versions.count == events.count && versions == Array(Set(versions)).sorted() && versions.count >= 3, "\(versions)")
                #expect(events.allSatisfy { $0.name == nil })
                let last = try JSONValue(parsing: events.last?.data ?? "")
                #expect(last["status"]?.string == "COMPLETED")
                #expect(last["version"]?.integer.map(Int.init) == versions.last)

                // A resume sends what is newer; who has seen the final one is told that there is no more.
                let resumed = try await node.events(id, lastEventID: "\(versions[0])")
                #expect(resumed.status == 200)
                #expect(resumed.events.map(\.id) == ["\(versions.last ?? -1)"])
                #expect(try await node.events(id, lastEventID: "\(versions.last ?? -1)").status == 204)
            }
        }

        @Test func aReportHasPartsAPageAndAHistory() async throws {
            try await Ring.with { ring in
                let node = try await ring.serve()
                _ = try await ring.worker()
                let body = #"{"source":"city,amount\nBern,10\nBasel,20\nBern,30\n","groupBy":"city"}"#
                let id = try await node.post("reports.generate", body).id
                let job = try await node.final(id)
                #expect(job["status"]?.string == "COMPLETED", "\(job.text)")
                #expect(job["result"]?["rows"]?.integer == 3)

                #expect(job["parts"]?.integer == 2)
                let parts = try await node.get("/status/\(id)/parts")
                #expect(parts.json["parts"]?.array?.count == 2, "\(parts.json.text)")
                var found: [JSONValue] = []
                while found.count < 2 {
                    found = try await node.get("/status/\(id)/parts").json["parts"]?.array ?? []
                    try await Pause.beforeAskingAgain()
                }
                let later = try await node.get("/status/\(id)/parts?after=\(found[0]["index"]?.integer ?? -1)")
                #expect(later.json["parts"]?.array?.count == 1)

                let url = job["result"]?["reportUrl"]?.string ?? ""
                #expect(url.hasPrefix("/files/\(id)/"))
                let page = try await node.get(url)
                #expect(page.status == 200)
                let text = String(decoding: page.response.body, as: UTF8.self)
                #expect(text.contains("Bern") && text.contains("<svg"), "\(text.prefix(300))")
                #expect(try await node.get("/files/\(id)/..%2f..%2fdata-a").status == 404)

                let history = try await node.get("/status/\(id)/history").json["events"]?.array ?? []
                let types = history.compactMap { $0["type"]?.string }
                #expect(
                    types.first == "Request" && types.contains("Started") && types.contains("Part") && types.last == "Completed", "\(types)"
                )
                let topics = Set(history.compactMap { $0["topic"]?.string })
                #expect(topics == ["\(ring.prefix)reports.generate.requests", "\(ring.prefix)reports.generate.responses"])
                #expect(Set(history.compactMap { $0["partition"]?.integer }).count == 1)
            }
        }
    }
}
