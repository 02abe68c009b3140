public import Avro
public import HTTPClient

/// Reaches a schema registry through libcurl: TLS against the authorities that the client trusts, a time limit for each call, redirects refused.
public struct HTTPRegistryTransport: RegistryTransport {
    /// From a call's start to its answer's last byte.
    public static let timeout = Duration.seconds(10)
    private let http: HTTPClient

    /// A transport over a client, which its owner closes.
    public init(_ http: HTTPClient) { self.http = http }

    public func send(_ call: RegistryCall) async throws(AvroError) -> RegistryAnswer {
        let body = call.body.isEmpty ? nil : call.body
        do throws(HTTPClientError) {
            let answer = try await http.send(HTTPRequest(call.method, call.url, headers: call.headers, body: body, timeout: Self.timeout))
            return RegistryAnswer(status: answer.status, body: answer.body)
        } catch {
            throw AvroError(
                .registry, operation: "registry", detail: error.description, disposition: error.disposition == .retry ? .retry : .reject)
        }
    }
}
