import Avro
import Client
import Events
import KafkaTesting
import Telemetry
import Testing

/// An external registry over HTTP, whose ids the operations take.
@Suite(.timeLimit(.minutes(1))) struct ExternalRegistryTests {
    static let names = TopicNames(prefix: "t.")

    static func with(_ url: String, _ body: (ExternalRegistry) async throws -> Void) async throws {
        let external = try ExternalRegistry(url: url)
        defer { external.close() }
        try await body(external)
    }

    @Test func operationsTakeTheRegistrysIds() async throws {
        let foreign = ForeignRegistry(credentials: "bmFtZTpwOmFzcyB3b3Jk")
        try await foreign.serve { place in
            try await Self.with("http://name:p%3Aass%20word@\(place)/") { external in
                #expect(external.url == "http://\(place)")
                let catalogue = try SchemaCheckTests.catalogue(SchemaCheckTests.old)
                let numbered = try await external.numbered(catalogue, names: Self.names)
                let operation = try #require(numbered["s.m"])
                #expect(Set([operation.requestEnvelope.id, operation.responseEnvelope.id]) == [2, 3])
                #expect(operation.requestEnvelope.schema == catalogue["s.m"]?.requestEnvelope.schema)
                #expect(
                    foreign.registry.subjects == [
                        "t.rejoinder.commands-value", "t.s.m.dead-letters-value", "t.s.m.requests-value", "t.s.m.responses-value",
                    ])
                // The same again is known to the client: nothing is asked.
                let calls = foreign.calls
                #expect(try await external.numbered(catalogue, names: Self.names)["s.m"]?.requestEnvelope.id == 2)
                #expect(foreign.calls == calls)
            }
        }
    }

    @Test func whatTheRegistryRefusesSaysWhatToDo() async throws {
        let foreign = ForeignRegistry()
        try await foreign.serve { place in
            try await Self.with("http://\(place)") { external in
                _ = try await external.numbered(SchemaCheckTests.catalogue(SchemaCheckTests.old), names: Self.names)
                let broken = try SchemaCheckTests.catalogue(SchemaCheckTests.unreadable)
                do throws(SetupError) {
                    _ = try await external.numbered(broken, names: Self.names)
                    Issue.record("taken")
                } catch {
                    #expect(error.description.contains("t.s.m.requests-value") && error.description.contains("error 409"))
                    #expect(error.description.contains("rejoinder schemas check --registry"))
                }
                let registry = try await external.snapshot(of: ["t.s.m.requests-value", "t.nobody-value"])
                #expect(registry.subjects == ["t.s.m.requests-value"])
                let check = SchemaCheck(ExternalRegistry.registrations(broken, names: Self.names), registry: registry)
                #expect(!check.isReadable)
                let same = try SchemaCheckTests.catalogue(SchemaCheckTests.old)
                let finding = try SchemaCheckTests.finding(
                    SchemaCheck(ExternalRegistry.registrations(same, names: Self.names), registry: registry))
                #expect(finding.state == .unchanged && finding.id == 2)
            }
        }
    }

    @Test func whoIsNotLetInIsTold() async throws {
        try await ForeignRegistry(credentials: "bmFtZTpw").serve { place in
            try await Self.with("http://\(place)") { external in
                do throws(AvroError) {
                    _ = try await external.client.subjects()
                    Issue.record("let in")
                } catch { #expect(error.code == .registryDenied && error.disposition == .reject) }
                let catalogue = try SchemaCheckTests.catalogue(SchemaCheckTests.old)
                do throws(SetupError) {
                    _ = try await external.numbered(catalogue, names: Self.names)
                    Issue.record("let in")
                } catch { #expect(error.description.contains("NAME:PASSWORD@HOST")) }
            }
        }
        try await Self.with("http://127.0.0.1:1") { external in
            do throws(AvroError) {
                _ = try await external.client.schema(id: 1)
                Issue.record("answered")
            } catch { #expect(error.code == .registry && error.disposition == .retry) }
        }
    }

    /// A schema that only the registry knows is asked for when a record has its id.
    @Test func whatOnlyTheRegistryKnowsIsAskedFor() async throws {
        let foreign = ForeignRegistry()
        try await foreign.serve { place in
            try await Self.with("http://\(place)") { external in
                let catalogue = try SchemaCheckTests.catalogue(SchemaCheckTests.old)
                let requests = try #require(catalogue["s.m"]?.requestEnvelope.schema)
                let id = try await external.client.register(requests, subject: "t.s.m.requests-value")
                let book = SchemaBook()
                #expect(book.fetched(id) == nil)
                try await Self.with("http://\(place)") { other in
                    book.consult(other.client)
                    let found = await OwnThread.blocking("test") { book.fetched(id)?.layout }
                    #expect(found == .request)
                    #expect(book.known(id)?.schema == requests)
                    let calls = foreign.calls
                    for _ in 0..<3 {
                        let unknown = await OwnThread.blocking("test") { book.fetched(77)?.layout }
                        #expect(unknown == nil)
                    }
                    #expect(foreign.calls == calls + 1)
                }
            }
        }
    }

    /// What the registry gave stays known while it does not answer.
    @Test func idsAreRemembered() async throws {
        let catalogue = try SchemaCheckTests.catalogue(SchemaCheckTests.old)
        var topic = try SchemaCheckTests.registry([catalogue])
        #expect(ExternalRegistry.remembered(catalogue, names: Self.names, in: topic) == nil)
        try await ForeignRegistry().serve { place in
            try await Self.with("http://\(place)") { external in
                let numbered = try await external.numbered(catalogue, names: Self.names)
                for wanted in numbered.registrations(Self.names) {
                    try topic.apply(subject: wanted.subject, id: wanted.schema.id, schema: wanted.schema.text)
                }
            }
        }
        let known = try #require(ExternalRegistry.remembered(catalogue, names: Self.names, in: topic)?["s.m"])
        #expect(known.requestEnvelope.id == 2 && known.responseEnvelope.id == 3)
        let changed = try SchemaCheckTests.catalogue(SchemaCheckTests.readable)
        #expect(ExternalRegistry.remembered(changed, names: Self.names, in: topic) == nil)
        try await Self.with("http://127.0.0.1:1") { external in
            do throws(SetupError) {
                _ = try await external.numbered(catalogue, names: Self.names)
                Issue.record("answered")
            } catch { #expect(error.isTemporary) }
        }
    }

    /// A node beside an external registry shows what it knows and sends who registers to the other.
    @Test func registeringHereIsRefused() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic(Self.names.schemas, partitions: 1)
        try await ForeignRegistry().serve { place in
            try await Self.with("http://\(place)") { external in
                let numbered = try await external.numbered(SchemaCheckTests.catalogue(SchemaCheckTests.old), names: Self.names)
                let directory = try SchemaDirectory(
                    cluster.configuration, catalogue: numbered, names: Self.names, external: external, logger: .none)
                _ = try await directory.register(numbered)
                #expect(directory.book.versions(of: "t.s.m.requests-value") == [2])
                func call(_ method: String, _ path: [String], _ schema: Schema? = nil) throws -> (Int, JSONValue) {
                    let body = schema.map { Array(JSONValue.object([.init("schema", .string($0.json.text))]).text.utf8) } ?? []
                    guard case .reply(let response) = directory.registry.handle(RegistryRequest(method: method, path: path, body: body))
                    else {
                        return (0, .null)
                    }
                    return (response.status, try JSONValue(parsing: response.body))
                }
                #expect(try call("GET", ["mode"]).1["mode"]?.string == "READONLY")
                let known = try #require(numbered["s.m"]?.requestEnvelope.schema)
                #expect(try call("POST", ["subjects", "t.s.m.requests-value", "versions"], known).1["id"]?.integer == 2)
                let refused = try call("POST", ["subjects", "new", "versions"], Schema(.string))
                #expect(refused.0 == 422 && refused.1["error_code"]?.integer == 42_205)
                #expect(refused.1["message"]?.string?.contains(place) == true)
                await directory.close()
            }
        }
        cluster.stop()
    }

    @Test(arguments: ["", "registry:8081", "ftp://registry", "http://", "http://a@b", "http://a:%zz@b", "http://h?x=1", "http://h h"])
    func urlsThatAreNone(url: String) { #expect(throws: SetupError.self) { try ExternalRegistry(url: url) } }
}
