import Avro
import Core
import HTTPClient
import Testing

extension RealKafkaTests {
    /// Two gateways, two correlators and two workers, each a process of its own.
    @Suite(.timeLimit(.minutes(2)))
    struct ManyNodesTests {
        struct Fleet {
            let gateways: [Node]
            let correlators: [Node]
            var nodes: [Node] { gateways + correlators }
        }

        private static func start(_ ring: Ring) async throws -> Fleet {
            async let one = ring.serve("correlator", name: "c1")
            async let two = ring.serve("correlator", name: "c2")
            async let three = ring.serve("gateway", name: "g1")
            async let four = ring.serve("gateway", name: "g2")
            async let first = ring.worker(name: "worker-1")
            async let second = ring.worker(name: "worker-2")
            let fleet = try await Fleet(gateways: [three, four], correlators: [one, two])
            _ = try await (first, second)
            return fleet
        }

        @Test func anyNodeAnswersForAnyJob() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let fleet = try await Self.start(ring)
                var ids: [String] = []
                for number in 0..<12 {
                    let answer = try await fleet.gateways[number % 2].post("demo.echo", #"{"text":"\#(number)","seconds":0.2}"#)
                    #expect(answer.status == 202, "\(answer.json.text)")
                    ids.append(answer.id)
                }
                for (number, id) in ids.enumerated() {
                    var versions: Set<Int64> = []
                    for node in fleet.nodes {
                        let job = try await node.final(id)
                        #expect(job["status"]?.string == "COMPLETED" && job["result"]?["text"]?.string == "\(number)")
                        versions.insert(job["version"]?.integer ?? -1)
                        let history = try await node.get("/status/\(id)/history")
                        #expect(history.status == 200 && history.json["events"]?.array?.isEmpty == false)
                    }
                    #expect(versions.count == 1)
                }
                for node in fleet.nodes {
                    let listed = try await node.get("/jobs?limit=100").json["jobs"]?.array ?? []
                    #expect(
                        Set(listed.compactMap { $0["requestId"]?.string }) == Set(ids),
                        "\(node.program.name) lists \(listed.count) of \(ids.count)")
                    #expect(try await node.get("/status/\(freshID().text)").status == 404, "\(node.program.name)")
                }
            }
        }

        @Test func streamsAndLongPollsGoThroughAnyNode() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let fleet = try await Self.start(ring)
                let id = try await fleet.gateways[0].post("demo.echo", #"{"text":"far","seconds":1.5}"#).id
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for node in fleet.nodes {
                        group.addTask {
                            let (status, events) = try await node.events(id)
                            #expect(status == 200, "\(node.program.name)")
                            let last = try JSONValue(parsing: events.last?.data ?? "null")
                            #expect(
                                last["status"]?.string == "COMPLETED" && events.count >= 2,
                                "\(node.program.name): \(events.count) events, \(last.text)")
                        }
                        group.addTask {
                            let job = try await node.final(id)
                            #expect(job["status"]?.string == "COMPLETED", "\(node.program.name)")
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }

        @Test func twinsOfAKeyAreOneJobThroughTwoGateways() async throws {
            try await Ring.with(schemas: DemoSchema.echo(lease: "PT10S")) { ring in
                let fleet = try await Self.start(ring)
                let key: [(name: String, value: String)] = [("Idempotency-Key", "one and only")]
                async let left = fleet.gateways[0].post("demo.echo", #"{"text":"twin"}"#, key)
                async let right = fleet.gateways[1].post("demo.echo", #"{ "text" : "twin" }"#, key)
                let answers = try await [left, right]
                #expect(answers.map(\.status) == [202, 202], "\(answers.map(\.json.text))")
                #expect(answers[0].id == answers[1].id)
                #expect(answers.filter { $0.response.header("idempotent-replayed") == "true" }.count == 1)
                let job = try await fleet.nodes[1].final(answers[0].id)
                #expect(job["status"]?.string == "COMPLETED" && job["attempt"]?.integer == 1)
                // The same key later, and with another body.
                let again = try await fleet.gateways[1].post("demo.echo", #"{"text":"twin"}"#, key)
                #expect(
                    again.id == answers[0].id && again.response.header("idempotent-replayed") == "true",
                    "\(again.status) \(again.json.text)")
                let clash = try await fleet.gateways[0].post("demo.echo", #"{"text":"other"}"#, key)
                #expect(clash.status == 422, "\(clash.json.text)")
                #expect(try await fleet.gateways[0].get("/jobs").json["jobs"]?.array?.count == 1)
                // The caller's own id, used twice.
                let own: [(name: String, value: String)] = [("Rejoinder-Request-Id", freshID().text)]
                #expect(try await fleet.gateways[0].post("demo.echo", #"{"text":"mine"}"#, own).status == 202)
                #expect(try await fleet.gateways[1].post("demo.echo", #"{"text":"mine"}"#, own).status == 409)
            }
        }
    }
}
