import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(4))) struct EventStreamTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test("what is sent arrives at once, before and after the handler has returned; the end is an end")
    func events() async throws {
        let opened = Inbox<EventStream>()
        let closed = Inbox<Int>()
        try await withServer { _ in
            let stream = EventStream(headers: [("X-Accel-Buffering", "no")], onClose: { closed.put(1) })
            stream.send(Array("data: 0\n\n".utf8))
            opened.put(stream)
            return .events(stream)
        } _: { _, port in
            let client = try RawClient(port: port)
            await client.send(Self.get)
            let head = try #require(await client.until("\r\n\r\n"))
            #expect(
                head.contains("200") && head.contains("text/event-stream") && head.contains("Connection: close")
                    && head.contains("X-Accel-Buffering: no"))
            let stream = try await opened.next()
            #expect(await client.until("data: 0\n\n") != nil)
            for index in 1...100 {
                #expect(stream.send(Array("data: \(index)\n\n".utf8)))
                #expect(await client.until("data: \(index)\n\n") != nil)
            }
            stream.end()
            #expect(!stream.send([1]) && stream.isEnded)
            #expect(await client.rest() == "\r\n0\r\n\r\n")
            _ = try await closed.next()
        }
        #expect(closed.waiting.isEmpty)
    }

    @Test("a client that never reads is cut when its queue is full; others are not held up")
    func slowReader() async throws {
        let opened = Inbox<EventStream>()
        let closed = Inbox<String>()
        var limits = ServerLimits()
        limits.sendBufferBytes = 16_384
        try await withServer(limits) { request in
            let stream = EventStream(queueBytesMax: 65_536, onClose: { closed.put(request.target) })
            opened.put(stream)
            return .events(stream)
        } _: { _, port in
            let slow = try RawClient(port: port, receiveBuffer: 4096)
            await slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
            let stream = try await opened.next()
            let fast = try RawClient(port: port)
            await fast.send("GET /fast HTTP/1.1\r\nHost: h\r\n\r\n")
            let other = try await opened.next()
            var sent = 0
            while stream.send([UInt8](repeating: 0x61, count: 4096)) { sent += 4096 }
            // Its queue and what the kernels hold, not more.
            #expect(sent >= 65_536 && sent < 1 << 20)
            #expect(try await closed.next() == "/slow")
            other.send(Array("data: here\n\n".utf8))
            #expect(await fast.until("data: here\n\n") != nil)
        }
    }

    @Test("one piece larger than the queue cuts an idle stream")
    func tooLarge() async throws {
        let opened = Inbox<EventStream>()
        let closed = Inbox<Int>()
        try await withServer { _ in
            let stream = EventStream(queueBytesMax: 10, onClose: { closed.put(1) })
            opened.put(stream)
            return .events(stream)
        } _: { _, port in
            let client = try RawClient(port: port)
            await client.send(Self.get)
            #expect(await client.until("\r\n\r\n") != nil)
            #expect(try await !opened.next().send([UInt8](repeating: 0, count: 11)))
            _ = try await closed.next()
            #expect(await client.rest() != nil)
        }
    }

    @Test("a client that leaves an idle stream is noticed", arguments: [true, false])
    func leavers(reset: Bool) async throws {
        let closed = Inbox<Int>()
        weak var kept: EventStream?
        let opened = Inbox<EventStream>()
        try await withServer { _ in
            let stream = EventStream(comment: nil, onClose: { closed.put(1) })
            opened.put(stream)
            return .events(stream)
        } _: { _, port in
            for _ in 0..<50 {
                let client = try RawClient(port: port)
                await client.send(Self.get)
                let stream = try await opened.next()
                #expect(await client.until("\r\n\r\n") != nil)
                if reset { client.reset() } else { client.finishSending() }
                _ = try await closed.next()
                #expect(!stream.send([1]))
                kept = stream
            }
        }
        #expect(kept == nil)
    }

    @Test("comments keep an idle stream alive")
    func comments() async throws {
        try await withServer { _ in
            .events(EventStream(comment: .milliseconds(20)))
        } _: { _, port in
            let client = try RawClient(port: port)
            await client.send(Self.get)
            for _ in 0..<3 { #expect(await client.until(":\n\n") != nil) }
        }
    }

    @Test("HEAD has the head alone; HTTP/1.0 has the stream without chunks")
    func headAndOld() async throws {
        let opened = Inbox<EventStream>()
        let closed = Inbox<Int>()
        try await withServer { _ in
            let stream = EventStream(onClose: { closed.put(1) })
            opened.put(stream)
            return .events(stream)
        } _: { _, port in
            let client = try RawClient(port: port)
            await client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try #require(await client.answer(isHead: true))
            #expect(answer.status == 200 && answer.headers["content-type"] == "text/event-stream")
            _ = try await closed.next()
            _ = try await opened.next()
            let old = try RawClient(port: port)
            await old.send("GET /a HTTP/1.0\r\n\r\n")
            let stream = try await opened.next()
            stream.send(Array("data: a\n\n".utf8))
            stream.end()
            #expect(await old.rest()?.hasSuffix("\r\n\r\ndata: a\n\n") == true)
        }
    }

    @Test("a held reply may turn into a stream; one whose client has left closes it at once")
    func fromHeld() async throws {
        let parked = Inbox<PendingReply>()
        let left = Inbox<Int>()
        let closed = Inbox<String>()
        try await withServer { _ in
            let reply = PendingReply(onAbandoned: { left.put(1) })
            parked.put(reply)
            return .later(reply)
        } _: { _, port in
            let client = try RawClient(port: port)
            await client.send(Self.get)
            let stream = EventStream(onClose: { closed.put("first") })
            stream.send(Array("data: a\n\n".utf8))
            let reply = try await parked.next()
            #expect(reply.complete(stream) && !reply.complete(text(200, "")))
            #expect(await client.until("data: a\n\n") != nil)
            stream.end()
            #expect(try await closed.next() == "first")
            let gone = try RawClient(port: port)
            await gone.send(Self.get)
            let second = try await parked.next()
            gone.reset()
            _ = try await left.next()
            #expect(!second.complete(EventStream(onClose: { closed.put("second") })))
            #expect(try await closed.next() == "second")
        }
    }
}
