import Testing

@testable import HTTPServer

/// The raw-socket cases of the first-call checks. Behind each refused head stands a second request: it must never be answered, whatever the
/// library made of the first.
@Suite(.timeLimit(.minutes(4))) struct HeadTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        /// Nil when any refusal will do, also a close without an answer.
        let status: Int?
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ status: Int?) {
            self.name = name
            bytes = Array(text.utf8)
            self.status = status
        }
    }

    static let refused: [Case] = [
        Case("length and coding", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        Case("coding and length", "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
        Case("two lengths that differ", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n", 400),
        Case("two lengths that agree", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n", 400),
        Case(
            "two codings", "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", nil),
        Case("two hosts", "GET /a HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n", 400),
        Case("no host", "GET /a HTTP/1.1\r\nAccept: a\r\n\r\n", 400),
        Case("coding xchunked", "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
        Case("coding gzip, chunked", "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        Case("coding identity", "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\n\r\n", 501),
        Case("coding in HTTP/1.0", "POST /a HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        Case("length 3, 5", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 5\r\n\r\nabc", 400),
        Case("length +3", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: +3\r\n\r\nabc", 400),
        Case("length -1", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\nabc", 400),
        Case("length 0x3", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0x3\r\n\r\nabc", 400),
        Case("length 3abc", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3abc\r\n\r\nabc", 400),
        Case("length empty", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\nabc", 400),
        Case("length 2^64-1", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551615\r\n\r\nabc", 413),
        Case("length 2^64", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551616\r\n\r\nabc", 413),
        Case("space before the colon", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length : 3\r\n\r\nabc", 400),
        Case("folded length", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n 4\r\n\r\nabcd", 400),
        Case("folded name of a length", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length\r\n 4\r\n\r\nabcd", 400),
        Case("folded value", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: a\r\n b\r\nX-B: c\r\n\r\n", 400),
        Case("folded last value", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: a\r\n b\r\n\r\n", 400),
        Case("folded by a tab", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: a\r\n\tb\r\nX-B: c\r\n\r\n", 400),
        Case("NUL in a value", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: a\0b\r\nX-B: c\r\n\r\n", 400),
        Case("NUL in the last value", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: a\0b\r\n\r\n", 400),
        Case("NUL in a length", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\u{0}0\r\n\r\nabc", 400),
        Case("NUL in the target", "GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n", nil),
        Case("control character in a value", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: a\u{1}b\r\n\r\n", 400),
        Case("DEL in a value", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: a\u{7f}b\r\n\r\n", 400),
        Case("name that is no token", "GET /a HTTP/1.1\r\nHost: h\r\nX(a)[]: b\r\n\r\n", 400),
        Case("empty name", "GET /a HTTP/1.1\r\nHost: h\r\n: b\r\n\r\n", 400),
        Case("empty name and value", "GET /a HTTP/1.1\r\nHost: h\r\n:\r\nX-A: b\r\n\r\n", 400),
        Case("empty name first", "GET /a HTTP/1.1\r\n:\r\nHost: h\r\n\r\n", 400),
        Case("folded request line", "GET /a HTTP/1.1\r\n Host: h\r\nHost: h\r\n\r\n", 400),
        Case("bare line feeds", "GET /a HTTP/1.1\nHost: h\n\n", 400),
        Case("bare line feed after a value", "GET /a HTTP/1.1\r\nHost: h\nX-A: b\r\n\r\n", 400),
        Case("bare carriage return", "GET /a HTTP/1.1\r\nHost: h\rX-A: b\r\n\r\n", 400),
        Case("line without a colon", "GET /a HTTP/1.1\r\nHost: h\r\nnothing\r\n\r\n", 400),
        Case("encoded NUL", "GET /a%00b HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("broken escape", "GET /a%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("cut escape", "GET /a%2 HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("broken escape in the query", "GET /a?b=%f HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("escapes that are not UTF-8", "GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("control character in the target", "GET /a\u{1} HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("raw UTF-8 in the target", "GET /\u{e4} HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("absolute target", "GET http://h/a HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("no slash", "GET a HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("GET *", "GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        Case("CONNECT", "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 501),
        Case("TRACE", "TRACE /a HTTP/1.1\r\nHost: h\r\n\r\n", 501),
        Case("lower-case method", "get /a HTTP/1.1\r\nHost: h\r\n\r\n", 501),
        Case("odd method", "G(T /a HTTP/1.1\r\nHost: h\r\n\r\n", 501),
        Case("HTTP/2.0", "GET /a HTTP/2.0\r\nHost: h\r\n\r\n", 505),
        Case("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Case("http/1.1", "GET /a http/1.1\r\nHost: h\r\n\r\n", 400),
        Case("HTTP/0.9", "GET /a HTTP/0.9\r\nHost: h\r\n\r\n", nil),
        Case("no version", "GET /a\r\nHost: h\r\n\r\n", nil),
        Case("target over the memory", "GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\nHost: h\r\n\r\n", nil),
        Case("one field over the memory", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: \(String(repeating: "a", count: 9000))\r\n\r\n", nil),
        Case("fields over the memory", "GET /a HTTP/1.1\r\nHost: h\r\n\(String(repeating: "X-A: aaaaaaaa\r\n", count: 700))\r\n", nil),
    ]

    @Test("a head that is malformed or ambiguous is refused, and the connection closed", arguments: refused)
    func refuses(_ one: Case) async throws {
        let seen = Inbox<String>()
        try await withServer { request in
            seen.put(request.target)
            return echo(request)
        } _: { _, port in
            let client = try RawClient(port: port)
            await client.send(one.bytes + Array("GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n".utf8))
            client.finishSending()
            let all = try #require(await client.rest(), "the connection stays open")
            let statuses = all.split(separator: "\r\n").filter { $0.hasPrefix("HTTP/1.") }.compactMap {
                $0.split(separator: " ").dropFirst().first
            }
            if let status = one.status {
                // libmicrohttpd's own refusals have their head twice (0.9.75).
                #expect(!statuses.isEmpty && statuses.allSatisfy { $0 == "\(status)" }, "\(all)")
            } else {
                #expect(statuses.count <= 1 && statuses.allSatisfy { $0.hasPrefix("4") || $0.hasPrefix("5") }, "\(all)")
            }
        }
        #expect(seen.waiting == [])
    }

    static let taken: [Case] = [
        Case("plain", "GET /a HTTP/1.1\r\nHost: h\r\n\r\n", 200),
        Case("HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n", 200),
        Case("value with a tab", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: a\tb\r\n\r\n", 200),
        Case("blanks around values", "GET /a HTTP/1.1\r\nHost:  h \r\nX-A: a \t\r\nX-B:\t b\r\n\r\n", 200),
        Case("empty values", "GET /a HTTP/1.1\r\nHost: h\r\nX-A:\r\nX-B: \r\nX-C:\r\n\r\n", 200),
        Case("empty last value", "GET /a HTTP/1.1\r\nHost: h\r\nX-C:\r\n\r\n", 200),
        Case("high bytes in a value", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: \u{e4}\r\n\r\n", 200),
        Case("every token character", "GET /a HTTP/1.1\r\nHost: h\r\n!#$%&'*+-.^_`|~09azAZ: b\r\n\r\n", 200),
        Case("a name like a length", "POST /a HTTP/1.1\r\nHost: h\r\nX-Content-Length: 9\r\nContent-Length: 3\r\n\r\nabc", 200),
        Case("chunked", "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200),
        Case("many fields", "GET /a HTTP/1.1\r\nHost: h\r\n\((0..<90).map { "X-\($0): value\r\n" }.joined())\r\n", 200),
        Case("cookies", "GET /a HTTP/1.1\r\nHost: h\r\nCookie: a=b; c=\"d e\"; f\r\nX-A: b\r\n\r\n", 200),
        Case("empty lines first", "\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n", 200),
        Case("head of 6 KB", "GET /a HTTP/1.1\r\nHost: h\r\nX-A: \(String(repeating: "a", count: 6000))\r\nX-B: b\r\n\r\n", 200),
    ]

    @Test("a good head is taken, and what is pipelined behind it is answered in its turn", arguments: taken)
    func takes(_ one: Case) async throws {
        try await withServer(handler: echo) { _, port in
            let client = try RawClient(port: port)
            await client.send(one.bytes + Array("GET /next HTTP/1.1\r\nHost: h\r\n\r\n".utf8))
            let first = await client.answer()
            #expect(first?.status == 200, "\(String(describing: first))")
            guard one.name != "HTTP/1.0" else {
                #expect(await client.rest() == "")
                return
            }
            #expect(await client.answer()?.body == "GET /next ")
        }
    }

    @Test("sixteen pipelined requests are answered in order on one connection")
    func pipelining() async throws {
        try await withServer(handler: echo) { _, port in
            let client = try RawClient(port: port)
            await client.send((0..<16).map { "POST /\($0) HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n\($0 % 10)" }.joined())
            for index in 0..<16 { #expect(await client.answer()?.body == "POST /\(index) \(index % 10)") }
        }
    }

    @Test("HEAD has the head of GET and no body; OPTIONS * is answered here")
    func headAndOptions() async throws {
        try await withServer(handler: echo) { _, port in
            let client = try RawClient(port: port)
            await client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n")
            let head = try #require(await client.answer(isHead: true))
            #expect(head.status == 200 && head.headers["content-length"] == "8")
            #expect(await client.answer()?.body == "GET /b ")
            await client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")
            let options = try #require(await client.answer())
            #expect(options.status == 200 && options.headers["allow"]?.contains("PATCH") == true)
        }
    }

    @Test("the handler sees target, segments, query, headers and body as they were sent")
    func request() async throws {
        let seen = Inbox<Request>()
        try await withServer { request in
            seen.put(request)
            return echo(request)
        } _: { _, port in
            let client = try RawClient(port: port)
            await client.send(
                "PUT /a%2Fb//c%20d/?x=1&x=%32+3&y&z= HTTP/1.1\r\nHost: h\r\nX-Two: one\r\nx-two:  Two\t\r\nContent-Length: 2\r\n\r\nhi")
            #expect(await client.answer()?.status == 200)
        }
        let request = try await seen.next()
        #expect(request.method == "PUT" && request.target == "/a%2Fb//c%20d/?x=1&x=%32+3&y&z=")
        #expect(request.segments == ["a/b", "", "c d", ""])
        let pairs: [QueryItem] = [("x", "1"), ("x", "2 3"), ("y", nil), ("z", "")].map { QueryItem(name: $0.0, value: $0.1) }
        #expect(request.query == pairs && request.query("x") == "1" && request.query("y") == nil)
        #expect(
            request.headers.first("x-two") == "one" && request.headers["X-TWO"] == "one"
                && request.headers.values("X-Two") == ["one", "Two"])
        #expect(
            request.headers.first("host", is: "h") && !request.headers.first("x-two", is: "on") && request.headers.first("x-three") == nil)
        #expect(request.headers.all.map(\.name) == ["host", "x-two", "x-two", "content-length"])
        #expect(request.body == Array("hi".utf8))
    }

    @Test("a request made for a test of a handler is read like one from a socket")
    func made() throws {
        let request = try #require(Request(method: "GET", target: "/a/b?c=d", headers: [("X-A", "b")], body: [1]))
        #expect(request.segments == ["a", "b"] && request.query("c") == "d" && request.headers.first("x-a") == "b" && request.body == [1])
        #expect(Request(method: "GET", target: "a") == nil)
    }

    @Test("tokens and values are the characters of RFC 9110")
    func characters() {
        let token = Set("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(ASCII.isToken(byte) == token.contains(byte), "\(byte)")
            #expect(ASCII.isValue(byte) == (byte == 9 || byte >= 32 && byte != 127), "\(byte)")
        }
    }
}
