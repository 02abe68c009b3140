public import Avro
public import HTTPClient

/// A gateway's HTTP interface, as the client commands use it.
public final class GatewayAPI: Sendable {
    /// What a gateway did not do: its problem document, or that it does not answer.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// 0 when there was no answer.
        public let status: Int
        public let title: String
        public let detail: String
        public let faults: [(pointer: String, detail: String)]

        public var description: String {
            var text = status == 0 ? detail : "\(title) (\(status)): \(detail)"
            for fault in faults { text += "\n  \(fault.pointer.isEmpty ? "the body" : fault.pointer): \(fault.detail)" }
            return text
        }
    }

    /// `http://host:port`, without a slash at its end.
    public let base: String
    private let client: HTTPClient

    /// Nil when the system gives no thread. `close` must be called.
    public init?(base: String) {
        guard let client = HTTPClient() else { return nil }
        self.client = client
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    }

    public func close() { client.close() }

    /// One JSON document. Any status but 200 to 299 and `304` is a failure.
    public func get(_ path: String, headers: [(name: String, value: String)] = [], timeout: Duration = .seconds(30)) async throws(Failure)
        -> (
            response: HTTPResponse, json: JSONValue
        )
    {
        try await send(HTTPRequest("GET", base + path, headers: headers, timeout: timeout))
    }

    /// Sends a JSON body.
    public func post(_ path: String, body: [UInt8], headers: [(name: String, value: String)] = [], timeout: Duration = .seconds(30))
        async throws(Failure) -> (
            response: HTTPResponse, json: JSONValue
        )
    {
        try await send(
            HTTPRequest("POST", base + path, headers: headers + [("Content-Type", "application/json")], body: body, timeout: timeout))
    }

    /// Follows a job: each state as its stream brings it, until the final one. Comes again, from where it was, when the stream breaks off.
    ///
    /// `onState` gets the whole job; throws when the gateway stays silent for `patience`.
    public func follow(_ id: String, patience: Duration = .seconds(30), onState: @escaping @Sendable (JSONValue) -> Void)
        async throws(Failure)
    {
        let reader = EventReader(onState: onState)
        var silentSince = ContinuousClock.now
        while !Task.isCancelled {
            var headers: [(name: String, value: String)] = [("Accept", "text/event-stream")]
            if let last = reader.lastID { headers.append(("Last-Event-ID", last)) }
            let before = reader.count
            let result = await stream(HTTPRequest("GET", "\(base)/status/\(id)/events", headers: headers), reader)
            if reader.isFinal { return }
            switch result {
            case .success(let response) where response.status == 204: return
            case .success(let response) where response.status != 200 && response.status != 503: throw failure(response, reader.takeText())
            default: break
            }
            if reader.count > before { silentSince = .now }
            guard ContinuousClock.now - silentSince < patience else {
                if case .failure(let error) = result { throw silent(error) }
                throw Failure(status: 0, title: "", detail: "no state of \(id) came from \(base) for \(patience)", faults: [])
            }
            try? await Task.sleep(for: .milliseconds(300))
        }
    }

    private func stream(_ request: HTTPRequest, _ reader: EventReader) async -> Result<HTTPResponse, HTTPClientError> {
        do throws(HTTPClientError) {
            return .success(try await client.stream(request) { reader.take($0) })
        } catch {
            return .failure(error)
        }
    }

    private func send(_ request: HTTPRequest) async throws(Failure) -> (response: HTTPResponse, json: JSONValue) {
        let response: HTTPResponse
        do throws(HTTPClientError) {
            response = try await client.send(request)
        } catch {
            throw silent(error)
        }
        if response.status == 304 { return (response, .null) }
        guard (200..<300).contains(response.status) else { throw failure(response, response.body) }
        guard let json = try? JSONValue(parsing: response.body) else {
            throw Failure(status: 0, title: "", detail: "\(base) answered with something that is not JSON: is it a gateway?", faults: [])
        }
        return (response, json)
    }

    private func silent(_ error: HTTPClientError) -> Failure {
        Failure(
            status: 0, title: "",
            detail: "the gateway at \(base) does not answer (\(error.detail)). Start one with 'rejoinder dev', or name it by --api.",
            faults: [])
    }

    private func failure(_ response: HTTPResponse, _ body: [UInt8]) -> Failure {
        let json = try? JSONValue(parsing: body)
        let faults = (json?["errors"]?.array ?? []).map { (pointer: $0["pointer"]?.string ?? "", detail: $0["detail"]?.string ?? "") }
        return Failure(
            status: response.status, title: json?["title"]?.string ?? "The gateway refused",
            detail: json?["detail"]?.string ?? "no reason was given", faults: faults)
    }
}
