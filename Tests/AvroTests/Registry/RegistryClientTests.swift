import Avro
import Telemetry
import Testing

@Suite struct RegistryClientTests {
    /// A transport that is a registry in memory, counts its calls, and can be told to fail.
    final class Memory: RegistryTransport {
        struct State {
            var registry = SchemaRegistry()
            var calls: [String] = []
            var failure: RegistryAnswer?
        }
        let state = Locked(State())

        func send(_ call: RegistryCall) async throws(AvroError) -> RegistryAnswer {
            let outcome: Result<RegistryAnswer, AvroError> = state.withLock { state in
                state.calls.append("\(call.method) \(call.url)")
                if !call.headers.contains(where: { $0.name == "Authorization" && $0.value == "Basic YTpi" }) {
                    return .success(RegistryAnswer(status: 401, body: []))
                }
                if let failure = state.failure { return .success(failure) }
                let parts = call.url.dropFirst("http://r".count).split(separator: "?")
                let path = parts[0].split(separator: "/").map { String($0).replacing("%20", with: " ") }
                let request = RegistryRequest(method: call.method, path: path, body: call.body)
                do throws(AvroError) {
                    switch state.registry.handle(request) {
                    case .reply(let response): return .success(RegistryAnswer(status: response.status, body: response.body))
                    case .register(let subject, let id, let schema, let then):
                        try state.registry.apply(subject: subject, id: id, schema: schema)
                        return .success(RegistryAnswer(status: then.status, body: then.body))
                    }
                } catch { return .failure(error) }
            }
            return try outcome.get()
        }
        var calls: Int { state.withLock { $0.calls.count } }
    }

    @Test(.timeLimit(.minutes(4))) func schemasAreAskedForOnce() async throws {
        let memory = Memory()
        let client = RegistryClient(.init(url: "http://r", credentials: ("a", "b")), transport: memory)
        let schema = try Schema(parsing: SchemaRegistryTests.first)
        let id = try await client.register(schema, subject: "my topic-value")
        #expect(id == schema.identifier)
        #expect(try await client.register(schema, subject: "my topic-value") == id)
        #expect(try await client.schema(id: id) == schema)
        #expect(memory.calls == 1)
        let other = RegistryClient(.init(url: "http://r", credentials: ("a", "b")), transport: memory)
        #expect(try await other.schema(id: id) == schema)
        #expect(try await other.schema(id: id) == schema)
        #expect(memory.calls == 2)
        #expect(try await other.latest(subject: "my topic-value").version == 1)
        #expect(try await other.lookUp(schema, subject: "my topic-value").id == id)
        #expect(try await other.versions(subject: "my topic-value") == [1])
        #expect(try await other.subjects() == ["my topic-value"])
        #expect(try await other.incompatibilities(Schema(parsing: SchemaRegistryTests.second), subject: "my topic-value") == [])
        #expect(try await other.incompatibilities(Schema(parsing: SchemaRegistryTests.broken), subject: "my topic-value")?.count == 1)
    }

    @Test(.timeLimit(.minutes(4))) func whatIsUnknownIsRemembered() async throws {
        let memory = Memory()
        let client = RegistryClient(.init(url: "http://r", credentials: ("a", "b")), transport: memory)
        for _ in 0..<3 {
            do throws(AvroError) {
                _ = try await client.schema(id: 9)
                Issue.record("found")
            } catch { #expect(error.code == .schemaUnknown) }
        }
        #expect(memory.calls == 1)
    }

    /// Answers of fixed texts by path.
    struct Fixed: RegistryTransport {
        let answers: [String: String]

        func send(_ call: RegistryCall) async throws(AvroError) -> RegistryAnswer {
            guard let text = answers[String(call.url.dropFirst("http://r".count))] else { return RegistryAnswer(status: 404, body: []) }
            return RegistryAnswer(status: 200, body: Array(text.utf8))
        }
    }

    @Test(.timeLimit(.minutes(4))) func typesOfOtherSubjectsAreFetched() async throws {
        let answers = [
            "/schemas/ids/1": #"{"schema":"{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"e\",\"type\":\"a.E\"}]}","#
                + #""references":[{"name":"a.E","subject":"e e","version":3}]}"#,
            "/subjects/e%20e/versions/3":
                #"{"subject":"e e","version":3,"id":2,"schema":"{\"type\":\"enum\",\"name\":\"a.E\",\"symbols\":[\"A\"]}"}"#,
            "/schemas/ids/4": #"{"schema":"\"string\"","references":[{"name":"x","subject":"x","version":1}]}"#,
            "/subjects/x/versions/1":
                #"{"subject":"x","version":1,"id":4,"schema":"\"string\"","references":[{"name":"x","subject":"x","version":1}]}"#,
            "/schemas/ids/5": #"{"schema":"syntax = \"proto3\";","schemaType":"PROTOBUF"}"#,
        ]
        let client = RegistryClient(.init(url: "http://r"), transport: Fixed(answers: answers))
        #expect(try await client.schema(id: 1).field("e")?.schema.symbols == ["A"])
        for (id, code) in [(4, AvroError.Code.registry), (5, .schemaTypeUnknown)] {
            do throws(AvroError) {
                _ = try await client.schema(id: UInt32(id))
                Issue.record("found")
            } catch { #expect(error.code == code) }
        }
    }

    @Test(.timeLimit(.minutes(4))) func failuresSayWhatToDo() async throws {
        let memory = Memory()
        let client = RegistryClient(.init(url: "http://r", credentials: ("a", "b")), transport: memory)
        for (status, disposition) in [(503, AvroError.Disposition.retry), (422, .reject), (200, .retry)] {
            memory.state.withLock { $0.failure = RegistryAnswer(status: status, body: Array("not json".utf8)) }
            do throws(AvroError) {
                _ = try await client.schema(id: 9)
                Issue.record("found")
            } catch { #expect(error.disposition == disposition) }
        }
        let stranger = RegistryClient(.init(url: "http://r"), transport: memory)
        do throws(AvroError) {
            _ = try await stranger.subjects()
            Issue.record("let in")
        } catch { #expect(error.detail.contains("401")) }
    }
}
