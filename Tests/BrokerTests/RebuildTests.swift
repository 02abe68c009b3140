import Avro
import HTTPClient
import Testing

extension RealKafkaTests {
    /// Kafka is the only thing that must be durable: the store can be deleted.
    @Suite(.timeLimit(.minutes(2)))
    struct RebuildTests {
        /// Jobs of every kind of end, each as HTTP shows it.
        private static func makeJobs(_ node: Node) async throws -> [String: JSONValue] {
            var ids: [String] = []
            for number in 0..<20 { ids.append(try await node.post("demo.echo", #"{"text":"job \#(number)"}"#).id) }
            ids.append(try await node.post("demo.echo", #"{"text":"again","failures":1}"#).id)
            ids.append(try await node.post("demo.echo", #"{"text":"never","failures":9}"#).id)
            ids.append(try await node.post("demo.echo", #"{"text":"slow","seconds":0.5}"#).id)
            ids.append(try await node.post("demo.echo", #"{"text":"late","seconds":60}"#, [("Rejoinder-Deadline", "PT1S")]).id)
            var jobs: [String: JSONValue] = [:]
            for id in ids { jobs[id] = try await node.final(id) }
            return jobs
        }

        private static func differences(_ jobs: [String: JSONValue], _ node: Node, asksAgain: Bool) async throws -> [String] {
            var found: [String] = []
            for (id, before) in jobs {
                let now = asksAgain ? try await node.final(id) : try await node.get("/status/\(id)").json
                for member in before.members ?? [] where now[member.name] != member.value {
                    found.append("\(id): \(member.name) was \(member.value.text), is \(now[member.name]?.text ?? now.text)")
                }
            }
            return found
        }

        private static func compare(_ jobs: [String: JSONValue], _ node: Node, asksAgain: Bool = true, _ place: SourceLocation) async throws
        {
            let found = try await differences(jobs, node, asksAgain: asksAgain)
            #expect(found.isEmpty, "\(found.joined(separator: "\n"))", sourceLocation: place)
        }

        /// `rejoinder verify`, beside the running node.
        private static func verify(_ ring: Ring, _ count: Int) async throws {
            let result = try await ring.run(["verify", "--data", "\(ring.folder)/data-a", "--node", "a", "--output", "json"])
            let report = try JSONValue(parsing: result.lines.first ?? "null")
            #expect(result.status == 0 && report["clean"]?.boolean == true, "\(result.lines) \(result.log)")
            #expect(report["compared"]?.integer == Int64(count) && report["uncheckable"]?.integer == 0, "\(report.text)")
        }

        @Test func everyJobComesBackFromTheTopics() async throws {
            try await Ring.with(schemas: DemoSchema.echo(attempts: 2)) { ring in
                var node = try await ring.serve()
                let worker = try await ring.worker()
                let jobs = try await Self.makeJobs(node)
                let statuses = Set(jobs.values.compactMap { $0["status"]?.string })
                #expect(statuses == ["COMPLETED", "FAILED", "EXPIRED"])
                #expect(try await worker.terminate() == 0)
                #expect(try await node.program.terminate() == 0)

                // As it was, from its store.
                node = try await ring.serve()
                try await Self.compare(jobs, node, #_sourceLocation)
                #expect(try await node.program.terminate() == 0)

                // Without a store.
                Files.remove("\(ring.folder)/data-a")
                node = try await ring.serve()
                try await Self.compare(jobs, node, #_sourceLocation)
                #expect(try await node.program.terminate() == 0)

                // With a store that it is told to ignore: ready only when it has caught up.
                node = try await ring.serve(extra: ["--rebuild"])
                try await Self.compare(jobs, node, asksAgain: false, #_sourceLocation)
                let listed = try await node.get("/jobs?limit=100").json["jobs"]?.array ?? []
                #expect(Set(listed.compactMap { $0["requestId"]?.string }) == Set(jobs.keys))
                try await Self.verify(ring, jobs.count)
                #expect(try await node.program.terminate() == 0)

                // On another node.
                node = try await ring.serve(name: "b")
                try await Self.compare(jobs, node, #_sourceLocation)
                #expect(try await node.program.terminate() == 0)
            }
        }
    }
}
