import HTTPServer
import Telemetry
import Testing

@testable import HTTPClient

@Suite(.timeLimit(.minutes(4))) struct HTTPClientTests {
    /// A server and a client for the length of `body`.
    private func with(
        policy: AddressPolicy = .any, limits: HTTPClientLimits = HTTPClientLimits(), handler: @escaping @Sendable (Request) -> Outcome,
        _ body: (HTTPClient, String) async throws -> Void
    ) async throws {
        let server = Server(address: "127.0.0.1", port: 0, handler: handler)
        let port = try server.start()
        let client = try #require(HTTPClient(policy: policy, limits: limits))
        do { try await body(client, "http://127.0.0.1:\(port)") } catch {
            client.close()
            await server.stop()
            throw error
        }
        client.close()
        await server.stop()
    }

    private func code(_ body: () async throws(HTTPClientError) -> HTTPResponse) async -> HTTPClientError.Code? {
        do {
            _ = try await body()
            return nil
        } catch { return error.code }
    }

    private static let echo: @Sendable (Request) -> Outcome = { request in
        let fields = [("X-Method", request.method), ("X-Sent", request.headers.first("x-sent") ?? "none")]
        return .reply(Response(status: 200, headers: fields, body: request.body))
    }

    @Test(
        "method, headers and body go out, status, headers and body come back", arguments: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"])
    func roundTrip(method: String) async throws {
        try await with(handler: Self.echo) { client, url in
            let body = ["POST", "PUT", "PATCH"].contains(method) ? Array("payload".utf8) : nil
            let response = try await client.send(HTTPRequest(method, url + "/a", headers: [("X-Sent", "a b")], body: body))
            #expect(response.status == 200 && response.header("x-method") == method && response.header("x-sent") == "a b")
            #expect(response.body == body ?? [])
        }
    }

    @Test("an empty body is sent as one")
    func emptyBody() async throws {
        try await with { request in
            .reply(Response(status: 200, headers: [("X-Length", request.headers.first("content-length") ?? "none")]))
        } _: { client, url in
            let response = try await client.send(HTTPRequest("POST", url, body: []))
            #expect(response.header("x-length") == "0")
        }
    }

    @Test("200 requests at a time are each answered with their own")
    func many() async throws {
        try await with(handler: Self.echo) { client, url in
            let wrong = try await withThrowingTaskGroup { group in
                for index in 0..<200 {
                    group.addTask {
                        try await client.send(HTTPRequest("POST", url, body: Array("\(index)".utf8))).body == Array("\(index)".utf8)
                    }
                }
                return try await group.reduce(0) { $1 ? $0 : $0 + 1 }
            }
            #expect(wrong == 0)
        }
    }

    @Test("a redirect is given back, not followed")
    func redirect() async throws {
        try await with { request in
            request.target == "/a" ? .reply(Response(status: 302, headers: [("Location", "/b")])) : .reply(Response(status: 500))
        } _: { client, url in
            let response = try await client.send(HTTPRequest("GET", url + "/a"))
            #expect(response.status == 302 && response.header("location") == "/b")
        }
    }

    @Test("what could split a request is refused before it is sent")
    func splitting() async throws {
        try await with { _ in
            Issue.record("it was sent")
            return .reply(Response(status: 200))
        } _: { client, url in
            for request in [
                HTTPRequest("GET", url, headers: [("X-A", "b\r\nX-C: d")]), HTTPRequest("GET", url, headers: [("X-A\r\nX-B", "c")]),
                HTTPRequest("GET", url, headers: [("X-A", "b\n")]), HTTPRequest("GET", url, headers: [("X-A", "b\0")]),
                HTTPRequest("GET", url, headers: [("X-A:", "b")]), HTTPRequest("GET", url, headers: [("", "b")]),
                HTTPRequest("GET /x HTTP/1.1\r\nA:", url), HTTPRequest("", url), HTTPRequest("GET", url + "/a b"),
                HTTPRequest("GET", url + "/\r\n"),
                HTTPRequest("GET", "file:///etc/passwd"), HTTPRequest("GET", url.replacing("http://", with: "http://user:secret@")),
            ] {
                #expect(await code { () async throws(HTTPClientError) in try await client.send(request) } == .invalidRequest, "\(request)")
            }
        }
    }

    @Test("loopback, private, link-local and mapped addresses are refused to a public client, before anything is sent")
    func policy() async throws {
        try await with(policy: .publicOnly) { _ in
            Issue.record("it was sent")
            return .reply(Response(status: 200))
        } _: { client, url in
            let port = url.split(separator: ":").last ?? ""
            for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0", "[::]"] {
                #expect(
                    await code { () async throws(HTTPClientError) in try await client.send(HTTPRequest("GET", "http://\(host):\(port)/")) }
                        == .addressRefused, "\(host)")
            }
        }
    }

    @Test("the special-purpose networks are known to the address")
    func networks() {
        let special: [UInt32] = [
            0x0000_0001, 0x0A01_0203, 0x6440_0001, 0x647F_FFFF, 0x7F00_0001, 0xA9FE_A9FE, 0xAC10_0001, 0xAC1F_FFFF, 0xC000_0001,
            0xC0A8_0101, 0xC612_0001,
            0xC613_FFFF, 0xE000_0001, 0xF000_0001, 0xFFFF_FFFF,
        ]
        for address in special { #expect(!AddressPolicy.isPublic(address), "\(address)") }
        for address: UInt32 in [0x0101_0101, 0x0808_0808, 0x6480_0000, 0xAC20_0000, 0xC0A9_0000, 0xC614_0000, 0xDFFF_FFFF] {
            #expect(AddressPolicy.isPublic(address), "\(address)")
        }
        func v6(_ words: [UInt16]) -> [UInt8] { words.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } }
        for words: [UInt16] in [
            [0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0xFFFF, 0x0A00, 1], [0xFE80, 0, 0, 0, 0, 0, 0, 1], [0xFC00, 0, 0, 0, 0, 0, 0, 1],
            [0xFF02, 0, 0, 0, 0, 0, 0, 1], [0x2001, 0xDB8, 0, 0, 0, 0, 0, 1], [0x2002, 0x7F00, 1, 0, 0, 0, 0, 0],
            [0x0064, 0xFF9B, 0, 0, 0, 0, 0x7F00, 1],
        ] {
            #expect(!AddressPolicy.isPublic(v6(words)), "\(words)")
        }
        #expect(
            AddressPolicy.isPublic(v6([0x2606, 0x4700, 0, 0, 0, 0, 0, 1111]))
                && AddressPolicy.isPublic(v6([0x2001, 0x4860, 0, 0, 0, 0, 0, 8888])))
    }

    @Test("an answer larger than the limit is cut, in its body by length and by chunks, and in its headers")
    func limits() async throws {
        var limits = HTTPClientLimits()
        limits.bodyBytesMax = 1000
        limits.headerBytesMax = 2000
        try await with(limits: limits) { request in
            switch request.target {
            case "/exact": return .reply(Response(status: 200, body: [UInt8](repeating: 1, count: 1000)))
            case "/body": return .reply(Response(status: 200, body: [UInt8](repeating: 1, count: 1001)))
            case "/headers": return .reply(Response(status: 200, headers: [("X-A", String(repeating: "a", count: 3000))]))
            default:
                let stream = EventStream(comment: nil)
                stream.send([UInt8](repeating: 1, count: 5000))
                return .events(stream)
            }
        } _: { client, url in
            let exact = try await client.send(HTTPRequest("GET", url + "/exact"))
            #expect(exact.body.count == 1000)
            for path in ["/body", "/headers", "/chunks"] {
                #expect(
                    await code { () async throws(HTTPClientError) in try await client.send(HTTPRequest("GET", url + path)) }
                        == .brokenAnswer, "\(path)")
            }
        }
    }

    @Test("time-outs, cancellation, refusal and close each have their code")
    func endings() async throws {
        let arrived = AsyncStream<Int>.makeStream()
        var limits = HTTPClientLimits()
        limits.requestsMax = 2
        try await with(limits: limits) { request in
            if request.target != "/soon" { arrived.continuation.yield(1) }
            return .later(PendingReply())
        } _: { client, url in
            var arrivals = arrived.stream.makeAsyncIterator()
            #expect(
                await code { () async throws(HTTPClientError) in
                    try await client.send(HTTPRequest("GET", url + "/soon", timeout: .milliseconds(50)))
                } == .timedOut)
            #expect(
                await code { () async throws(HTTPClientError) in try await client.send(HTTPRequest("GET", "http://127.0.0.1:1/")) }
                    == .unreachable)
            let cancelled = Task {
                await code { () async throws(HTTPClientError) in try await client.send(HTTPRequest("GET", url + "/cancelled")) }
            }
            _ = await arrivals.next()
            cancelled.cancel()
            #expect(await cancelled.value == .cancelled)
            let held = (0..<2).map { _ in
                Task { await code { () async throws(HTTPClientError) in try await client.send(HTTPRequest("GET", url + "/held")) } }
            }
            for _ in held { _ = await arrivals.next() }
            #expect(await code { () async throws(HTTPClientError) in try await client.send(HTTPRequest("GET", url)) } == .overloaded)
            client.close()
            for task in held { #expect(await task.value == .closed) }
            #expect(await code { () async throws(HTTPClientError) in try await client.send(HTTPRequest("GET", url)) } == .closed)
        }
    }

    @Test("a cancelled task sends nothing")
    func cancelledBefore() async throws {
        try await with { _ in
            Issue.record("it was sent")
            return .reply(Response(status: 200))
        } _: { client, url in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await code { () async throws(HTTPClientError) in try await client.send(HTTPRequest("GET", url)) }
            }
            #expect(await task.value == .cancelled)
        }
    }

    @Test("a stream's bytes come as they are sent, until its end or until the reader has enough")
    func streams() async throws {
        let opened = AsyncStream<EventStream>.makeStream()
        try await with { _ in
            let stream = EventStream(comment: nil)
            opened.continuation.yield(stream)
            return .events(stream)
        } _: { client, url in
            var streams = opened.stream.makeAsyncIterator()
            let chunks = AsyncStream<[UInt8]>.makeStream()
            let reading = Task {
                try await client.stream(HTTPRequest("GET", url)) { chunk in
                    chunks.continuation.yield(chunk)
                    return true
                }
            }
            let stream = try #require(await streams.next())
            var received = chunks.stream.makeAsyncIterator()
            for index in 0..<3 {
                stream.send(Array("data: \(index)\n\n".utf8))
                #expect(await received.next() == Array("data: \(index)\n\n".utf8))
            }
            stream.end()
            let response = try await reading.value
            #expect(response.status == 200 && response.body.isEmpty && response.header("content-type") == "text/event-stream")
            let enough = Task {
                await code { () async throws(HTTPClientError) in try await client.stream(HTTPRequest("GET", url)) { _ in false } }
            }
            try #require(await streams.next()).send([1])
            #expect(await enough.value == .cancelled)
        }
    }
}
