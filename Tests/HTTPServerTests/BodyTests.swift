import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(4))) struct BodyTests {
    private static func limits(_ body: Int, excess: Int = 1 << 20) -> ServerLimits {
        var limits = ServerLimits()
        limits.bodyBytesMax = body
        limits.excessBytesMax = excess
        return limits
    }

    private static let size: @Sendable (Request) -> Outcome = { .reply(text(200, "\($0.body.count)")) }

    @Test("a body of exactly the limit is taken, one byte more is 413", arguments: [true, false])
    func limit(chunked: Bool) async throws {
        try await withServer(Self.limits(100_000), handler: Self.size) { _, port in
            for (size, status) in [(100_000, 200), (100_001, 413)] {
                let client = try RawClient(port: port)
                let body = String(repeating: "x", count: size)
                let framed = chunked ? "\(String(size, radix: 16))\r\n\(body)\r\n0\r\n\r\n" : body
                await client.send(
                    "POST /a HTTP/1.1\r\nHost: h\r\n\(chunked ? "Transfer-Encoding: chunked" : "Content-Length: \(size)")\r\n\r\n\(framed)")
                let answer = try #require(await client.answer())
                #expect(answer.status == status && (status != 200 || answer.body == "100000"))
                if status == 413 { #expect(answer.headers["connection"] == "close" && answer.body.contains("larger than")) }
            }
        }
    }

    @Test("10 MB announced are refused before any of them is read, without a 100")
    func announced() async throws {
        try await withServer(Self.limits(1 << 20), handler: Self.size) { server, port in
            let client = try RawClient(port: port)
            await client.send("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10000000\r\n\r\n")
            #expect(await client.answer()?.status == 413)
            #expect(await client.rest() != nil)
            #expect(server.counts.refused == 1)
        }
    }

    @Test("10 MB of chunks are read up to a bound, then the connection is cut")
    func endless() async throws {
        try await withServer(Self.limits(10_000, excess: 10_000), handler: Self.size) { server, port in
            let client = try RawClient(port: port)
            await client.send("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"
            var sent = 0
            while sent < 10_000_000, await client.send(chunk) { sent += 4096 }
            #expect(sent < 10_000_000)
            #expect(server.counts.requests == 0)
        }
    }

    @Test("who asks to be told is told to go on")
    func expectation() async throws {
        try await withServer(handler: Self.size) { _, port in
            let client = try RawClient(port: port)
            await client.send("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            #expect(await client.until("\r\n\r\n")?.hasPrefix("HTTP/1.1 100") == true)
            await client.send("abc")
            #expect(await client.answer()?.body == "3")
        }
    }

    @Test(
        "broken chunks end the connection and reach no handler",
        arguments: ["z\r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n", "-3\r\nabc\r\n0\r\n\r\n", "3\r\nabcdef\r\n0\r\n\r\n"])
    func brokenChunks(chunks: String) async throws {
        try await withServer(handler: Self.size) { server, port in
            let client = try RawClient(port: port)
            await client.send("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)")
            let rest = try #require(await client.rest())
            #expect(rest.isEmpty || rest.hasPrefix("HTTP/1.1 400"), "\(rest)")
            #expect(server.counts.requests == 0)
        }
    }

    @Test("a head, a body and an idle connection that drip are cut")
    func drippers() async throws {
        var limits = ServerLimits()
        limits.head = .milliseconds(200)
        limits.body = .milliseconds(200)
        limits.idle = .seconds(1)
        try await withServer(limits, handler: Self.size) { server, port in
            for start in ["", "GET /a HTTP/1.1\r\nX-A: ", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"] {
                let client = try RawClient(port: port)
                if !start.isEmpty { await client.send(start) }
                // A byte each time the kernel has room and the server still listens: never silent, never done.
                let dripping = Task { while !Task.isCancelled, await client.send("x") { await Task.yield() } }
                #expect(await client.rest() != nil, "\(start)")
                dripping.cancel()
                await dripping.value
            }
            let idle = try RawClient(port: port)
            await idle.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(await idle.answer()?.status == 200)
            #expect(await idle.rest() == "")
            #expect(server.counts.overdue >= 1)
        }
    }
}
