import HTTPServer
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(4))) struct PendingReplyTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test("completed before the handler returns, and after it is parked, it is answered once")
    func order() async throws {
        let parked = Inbox<PendingReply>()
        try await withServer { request in
            let reply = PendingReply(onAbandoned: { Issue.record("abandoned") })
            if request.target == "/now" { #expect(reply.complete(text(200, "now"))) } else { parked.put(reply) }
            return .later(reply)
        } _: { _, port in
            let client = try RawClient(port: port)
            await client.send("GET /now HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(await client.answer()?.body == "now")
            await client.send(Self.get)
            let reply = try await parked.next()
            #expect(reply.isOpen && reply.complete(text(202, "first")))
            #expect(!reply.complete(text(500, "second")) && !reply.isOpen)
            #expect(await client.answer()?.body == "first")
            #expect(!reply.complete(text(500, "third")))
            await client.send(Self.get)
            try await parked.next().complete(text(200, "next"))
            #expect(await client.answer()?.body == "next")
        }
    }

    @Test("many threads complete the same replies: each is answered once, by the one that was told so")
    func race() async throws {
        let parked = Inbox<PendingReply>()
        try await withServer { _ in
            let reply = PendingReply()
            parked.put(reply)
            return .later(reply)
        } _: { _, port in
            let client = try RawClient(port: port)
            for _ in 0..<200 {
                await client.send(Self.get)
                let reply = try await parked.next()
                let winners = await withTaskGroup { group in
                    for name in ["a", "b", "c"] { group.addTask { await onThread { reply.complete(text(200, name)) } ? [name] : [] } }
                    return await group.reduce(into: []) { $0 += $1 }
                }
                #expect(winners.count == 1)
                #expect(await client.answer()?.body == winners.first)
            }
        }
    }

    @Test("a batch completes what still waits")
    func batch() async throws {
        let parked = Inbox<PendingReply>()
        try await withServer { _ in
            let reply = PendingReply()
            parked.put(reply)
            return .later(reply)
        } _: { _, port in
            let clients = try (0..<20).map { _ in try RawClient(port: port) }
            for client in clients { await client.send(Self.get) }
            var replies: [PendingReply] = []
            for _ in clients { replies.append(try await parked.next()) }
            replies[7].complete(text(200, "early"))
            #expect(PendingReply.completeAll(replies.map { ($0, text(200, "batch")) }) == 19)
            var bodies: [String] = []
            for client in clients { bodies.append(await client.answer()?.body ?? "none") }
            #expect(bodies.filter { $0 == "batch" }.count == 19 && bodies.filter { $0 == "early" }.count == 1)
        }
    }

    @Test("a client that leaves is noticed while its reply is pending, by FIN and by RST; nothing of it stays", arguments: [true, false])
    func leavers(reset: Bool) async throws {
        let parked = Inbox<PendingReply>()
        let left = Inbox<Int>()
        weak var kept: PendingReply?
        try await withServer { _ in
            let reply = PendingReply(onAbandoned: { left.put(1) })
            parked.put(reply)
            return .later(reply)
        } _: { server, port in
            let stays = try RawClient(port: port)
            await stays.send(Self.get)
            let waiting = try await parked.next()
            for _ in 0..<50 {
                let client = try RawClient(port: port)
                await client.send(Self.get)
                let reply = try await parked.next()
                if reset { client.reset() } else { client.finishSending() }
                _ = try await left.next()
                #expect(!reply.complete(text(200, "too late")))
                // The server closes its side too: the place is free again.
                #expect(await client.rest() != nil)
                kept = reply
            }
            while server.counts.abandoned < 50 { await Task.yield() }  // counted a moment after it is told
            #expect(server.counts.abandoned == 50)
            #expect(waiting.complete(text(200, "still here")))
            #expect(await stays.answer()?.body == "still here")
        }
        #expect(kept == nil && left.waiting.isEmpty)
    }

    @Test("a client that leaves between two requests does not lose the second's notice")
    func leftBefore() async throws {
        let left = Inbox<String>()
        let parked = Inbox<PendingReply>()
        try await withServer { request in
            let reply = PendingReply(onAbandoned: { left.put(request.target) })
            parked.put(reply)
            return .later(reply)
        } _: { _, port in
            let client = try RawClient(port: port)
            // Both are sent, and the end: the first is answered or abandoned, the second abandoned when it is held.
            await client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n")
            let first = try await parked.next()
            first.complete(text(200, "one"))
            _ = try await parked.next()
            client.finishSending()
            #expect(try await left.next() == "/2")
            _ = await client.rest()
        }
    }

    @Test("when its time is over the answer comes from `otherwise`; who completes later is told so")
    func deadline() async throws {
        let parked = Inbox<PendingReply>()
        try await withServer { _ in
            let reply = PendingReply(within: .milliseconds(30), otherwise: { text(304, "") }, onAbandoned: { Issue.record("abandoned") })
            parked.put(reply)
            return .later(reply)
        } _: { _, port in
            let client = try RawClient(port: port)
            for _ in 0..<3 {
                await client.send(Self.get)
                #expect(await client.answer()?.status == 304)
                #expect(try await !parked.next().complete(text(200, "late")))
            }
        }
    }

    @Test("a short time is kept although long ones were set before")
    func shortAfterLong() async throws {
        try await withServer { request in
            .later(
                PendingReply(
                    within: request.target == "/long" ? .seconds(3600) : .milliseconds(20), otherwise: { text(200, request.target) }))
        } _: { _, port in
            let long = try RawClient(port: port)
            await long.send("GET /long HTTP/1.1\r\nHost: h\r\n\r\n")
            let short = try RawClient(port: port)
            await short.send("GET /short HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(await short.answer()?.body == "/short")
        }
    }
}
