import Avro
import Client
import HTTPClient
import Testing

/// The registry's client over TLS and with basic authentication, against a registry of another maker in another process.
@Suite(.timeLimit(.minutes(2))) struct RegistryTLSTests {
    static let first = #"{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}"#
    static let second = #"{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"int","default":0}]}"#

    private func with(
        _ url: String, trusting authorityFile: String?, password: String = ForeignTLSRegistry.credentials.password,
        _ body: (RegistryClient) async throws -> Void
    ) async throws {
        let http = try #require(HTTPClient(authorityFile: authorityFile))
        defer { http.close() }
        let credentials = (ForeignTLSRegistry.credentials.name, password)
        try await body(RegistryClient(.init(url: url, credentials: credentials), transport: HTTPRegistryTransport(http)))
    }

    private func refusal(_ client: RegistryClient) async -> AvroError? {
        do throws(AvroError) { _ = try await client.schema(id: 9) } catch { return error }
        return nil
    }

    @Test func schemasGoThereAndBack() async throws {
        try await ForeignTLSRegistry.serve { foreign in
            let url = "https://\(foreign.place)"
            let (first, second) = (try Schema(parsing: Self.first), try Schema(parsing: Self.second))
            try await with(url, trusting: foreign.authorityFile) { client in
                let ids = [
                    try await client.register(first, subject: "my topic/a-value"),
                    try await client.register(second, subject: "my topic/a-value"),
                ]
                #expect(ids == [1, 2])
            }
            try await with(url, trusting: foreign.authorityFile) { client in
                let subjects = try await client.subjects()
                #expect(subjects == ["my topic/a-value"])
                #expect(try await client.versions(subject: "my topic/a-value") == [1, 2])
                #expect(try await client.schema(id: 1) == first)
                #expect(try await client.latest(subject: "my topic/a-value").schema == second)
                #expect(try await client.lookUp(first, subject: "my topic/a-value").version == 1)
                #expect(await refusal(client)?.code == .schemaUnknown)
            }
        }
    }

    @Test func whomNobodyVouchesForIsNotSentThePassword() async throws {
        try await ForeignTLSRegistry.serve { foreign in
            let url = "https://\(foreign.place)"
            // Trusted by nobody; trusted, but under another name; a file of authorities that is not there.
            let other = "https://localhost:\(foreign.place.split(separator: ":")[1])"
            for (url, file) in [(url, nil), (other, foreign.authorityFile), (url, "/nowhere.pem")] {
                try await with(url, trusting: file) { client in
                    let error = await refusal(client)
                    #expect(error?.code == .registry && error?.disposition == .retry, "\(url) \(file ?? "")")
                    #expect(error?.detail.lowercased().contains("cert") == true, "\(error?.detail ?? "")")
                }
            }
            try await with(url, trusting: foreign.authorityFile, password: "wrong") { client in
                #expect(await refusal(client)?.code == .registryDenied)
            }
        }
    }
}
