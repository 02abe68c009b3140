import Glibc
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(4))) struct ServerTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test("a stopping server answers who waits, ends streams, refuses who comes, and forgets all")
    func stop() async throws {
        final class Token: Sendable {}
        weak var kept: Token?
        let parked = Inbox<Int>()
        let closed = Inbox<Int>()
        do {
            let token = Token()
            kept = token
            let server = Server(address: "127.0.0.1", port: 0) { request in
                _ = token
                defer { parked.put(1) }
                return request.target == "/wait" ? .later(PendingReply()) : .events(EventStream(onClose: { closed.put(1) }))
            }
            let port = try server.start()
            let waiters = try (0..<50).map { _ in try RawClient(port: port) }
            let streams = try (0..<50).map { _ in try RawClient(port: port) }
            let idle = try RawClient(port: port)
            let half = try RawClient(port: port)
            await half.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
            for client in waiters { await client.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n") }
            for client in streams { await client.send(Self.get) }
            for _ in 0..<100 { _ = try await parked.next() }
            for client in streams { #expect(await client.until("\r\n\r\n") != nil) }
            #expect(server.connections == 102)
            await server.stop()
            for client in waiters {
                let answer = try #require(await client.answer())
                #expect(answer.status == 503 && answer.headers["retry-after"] == "1" && answer.headers["connection"] == "close")
            }
            for client in streams { #expect(await client.rest() == "0\r\n\r\n") }
            for _ in streams { _ = try await closed.next() }
            #expect(await idle.rest() == "")
            #expect(await half.rest() == "")
            #expect(throws: RawClient.Failure.self) { try RawClient(port: port) }
            await server.stop()
            #expect(throws: ServerError.self) { try server.start() }
        }
        #expect(kept == nil)
    }

    @Test("stopped again and again under load, every request is answered or its connection ended, and nothing aborts", arguments: 0..<5)
    func stopUnderLoad(round: Int) async throws {
        let acknowledged = Inbox<PendingReply>()
        let answered = Inbox<Int>()
        let server = Server(address: "127.0.0.1", port: 0) { request in
            if request.target == "/stream" { return .events(EventStream()) }
            let reply = PendingReply(within: .seconds(5)) { text(503, "") }
            acknowledged.put(reply)
            return .later(reply)
        }
        let port = try server.start()
        try await withThrowingTaskGroup { group in
            group.addTask {
                for _ in 0..<(400 + round * 37) { try await acknowledged.next().complete(text(202, "ok")) }
                await server.stop()
            }
            for index in 0..<24 {
                let client = try RawClient(port: port)
                group.addTask {
                    while true {
                        await client.send(index % 6 == 5 ? "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n" : Self.get)
                        guard index % 6 != 5, let answer = await client.answer() else { break }
                        #expect([202, 503].contains(answer.status))
                        answered.put(answer.status)
                    }
                    #expect(await client.rest() != nil)
                }
            }
            try await group.waitForAll()
        }
        #expect(answered.waiting.count >= 400)
    }

    @Test("what cannot be listened on is said")
    func addresses() async throws {
        try await withServer(handler: echo) { _, port in
            let second = Server(address: "127.0.0.1", port: port, handler: echo)
            let error = #expect(throws: ServerError.self) { try second.start() }
            #expect(error?.code == .inUse && error?.disposition == .retry && error?.detail.contains("\(port)") == true)
        }
        for (address, port) in [("no such host", 0), ("127.0.0.1", 70_000), ("192.0.2.1", 0), ("/nowhere/at/all", 0)] {
            let error = #expect(throws: ServerError.self) { try Server(address: address, port: port, handler: echo).start() }
            #expect(error?.code == .address, "\(String(describing: error))")
        }
        var limits = ServerLimits()
        limits.connectionBytes = 0
        #expect(throws: ServerError.self) { try Server(address: "127.0.0.1", port: 0, limits: limits, handler: echo).start() }
    }

    @Test("both families and a Unix socket are served; the socket's file goes with the server")
    func families() async throws {
        let both = Server(address: "::", port: 0, handler: echo)
        let port = try both.start()
        let client = try RawClient(port: port)
        await client.send(Self.get)
        #expect(await client.answer()?.body == "GET /a ")
        await both.stop()
        let path = "/tmp/rejoinder-http-\(getpid()).socket"
        let unix = Server(address: path, port: 0, handler: echo)
        #expect(try unix.start() == 0)
        #expect(access(path, F_OK) == 0)
        await unix.stop()
        #expect(access(path, F_OK) != 0)
    }

    @Test("above the soft limit of connections a request is 503")
    func softLimit() async throws {
        var limits = ServerLimits()
        limits.connectionsSoft = 2
        try await withServer(limits, handler: echo) { _, port in
            let clients = try (0..<3).map { _ in try RawClient(port: port) }
            for client in clients.dropLast() {
                await client.send(Self.get)
                #expect(await client.answer()?.status == 200)
            }
            await clients[2].send(Self.get)
            #expect(await clients[2].answer()?.status == 503)
        }
    }

    @Test("without descriptors it goes on serving those it has, and takes new ones when some are free again")
    func noDescriptors() async throws {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 64, rlim_max: 64)
            guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { exit(2) }
            let server = Server(address: "127.0.0.1", port: 0, handler: echo)
            let port = try server.start()
            let first = try RawClient(port: port)
            await first.send(Self.get)
            guard await first.answer()?.status == 200 else { exit(3) }
            // Some that were accepted: libmicrohttpd accepts again only when one of its connections has ended.
            var others: [RawClient] = []
            for _ in 0..<5 {
                let client = try RawClient(port: port)
                await client.send(Self.get)
                guard await client.answer()?.status == 200 else { exit(7) }
                others.append(client)
            }
            while let client = try? RawClient(port: port) { others.append(client) }
            guard others.count > 10 else { exit(4) }
            await first.send(Self.get)
            guard await first.answer()?.status == 200 else { exit(5) }
            others = []
            let late = try RawClient(port: port)
            await late.send(Self.get)
            guard await late.answer()?.status == 200 else { exit(6) }
            await server.stop()
            exit(0)
        }
    }

    @Test("a response that would be split is a 500; a file is sent from the disk")
    func responses() async throws {
        let path = "/tmp/rejoinder-http-\(getpid()).file"
        let file = try #require(fopen(path, "w"))
        fputs(String(repeating: "line\n", count: 100_000), file)
        fclose(file)
        defer { unlink(path) }
        try await withServer { request in
            switch request.target {
            case "/split": .reply(Response(status: 200, headers: [("X-A", "a\r\nX-B: b")]))
            case "/name": .reply(Response(status: 200, headers: [("", "a")]))
            case "/status": .reply(Response(status: 99))
            case "/file": .reply(ResponseFile(path: path).map { Response(status: 200, file: $0) } ?? text(404, ""))
            case "/close":
                {
                    var response = text(200, "bye")
                    response.closes = true
                    return .reply(response)
                }()
            default: .reply(ResponseFile(path: "/tmp").map { Response(status: 200, file: $0) } ?? text(404, "none"))
            }
        } _: { _, port in
            for target in ["/split", "/name", "/status"] {
                let client = try RawClient(port: port)
                await client.send("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
                let rest = try #require(await client.rest())
                #expect(rest.hasPrefix("HTTP/1.1 500") && !rest.contains("X-B"), "\(target) \(rest)")
            }
            let client = try RawClient(port: port)
            await client.send(
                "GET /file HTTP/1.1\r\nHost: h\r\n\r\nGET /other HTTP/1.1\r\nHost: h\r\n\r\nGET /close HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(await client.answer()?.body.count == 500_000)
            #expect(await client.answer()?.status == 404)
            #expect(await client.answer()?.body == "bye")
            #expect(await client.rest() == "")
        }
    }
}
