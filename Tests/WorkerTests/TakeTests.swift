import Avro
import Core
import Events
import Kafka
import KafkaTesting
import Synchronization
import Telemetry
import Testing

@testable import Worker

/// What becomes of takes: cancelled, stopped, handed back, published twice, set aside, too many at once.
@Suite(.timeLimit(.minutes(4))) struct TakeTests {
    static func with(
        _ settings: (inout WorkerConfiguration) -> Void = { _ in }, concurrency: Int? = nil,
        handler: @escaping @Sendable (Work, Context) async throws -> Answer, _ body: (Ring, Worker, Answers) async throws -> Void
    ) async throws {
        try await Ring.with { ring in
            var configuration = ring.settings
            settings(&configuration)
            let worker = try Worker(configuration, catalogue: ring.catalogue)
            try worker.handle(work: "demo.echo", concurrency: concurrency, handler)
            try await worker.start()
            let answers = try Answers(ring, "demo.echo")
            try await body(ring, worker, answers)
            await worker.stop(within: .seconds(2))
            await answers.close()
        }
    }

    final class Count: Sendable {
        let state = Locked((running: 0, most: 0))
    }

    static let echo: @Sendable (Work, Context) async throws -> Answer = { _, _ in .json(Array(#"{"text":"done"}"#.utf8)) }

    static let forever: @Sendable (Work, Context) async throws -> Answer = { _, _ in
        // Ends with its task.
        for await _ in AsyncStream<Void>.makeStream().stream {}
        throw CancellationError()
    }

    @Test func aCancelledHandlerEndsAsCancelled() async throws {
        try await Self.with(handler: Self.forever) { ring, _, answers in
            let id = try await ring.request("demo.echo", #"{"text":"x"}"#)
            _ = await answers.until { $0.count == 1 }
            try await ring.send(.cancel(reason: "no longer needed"), id: id, operation: "demo.echo")
            let end = await answers.until { _ in true }
            #expect(end.last?.record.event == .cancelled(reason: "no longer needed"))
            #expect(end.last?.record.sequence == 2)
        }
    }

    @Test func aHandlerThatFinishesInSpiteOfCancellationIsCompleted() async throws {
        let handler: @Sendable (Work, Context) async throws -> Answer = { _, _ in
            for await _ in AsyncStream<Void>.makeStream().stream {}
            return .json(Array(#"{"text":"all the same"}"#.utf8))
        }
        try await Self.with(handler: handler) { ring, _, answers in
            let id = try await ring.request("demo.echo", #"{"text":"x"}"#)
            _ = await answers.until { $0.count == 1 }
            try await ring.send(.cancel(reason: ""), id: id, operation: "demo.echo")
            let end = await answers.until { _ in true }
            #expect(try EchoTests.text(end.last?.record.event.completedBytes) == "all the same")
        }
    }

    @Test func aStopIsForItsTakeAloneAndAnsweredByReleased() async throws {
        try await Self.with(handler: Self.forever) { ring, _, answers in
            let id = try await ring.request("demo.echo", #"{"text":"x"}"#)
            let started = await answers.until { $0.count == 1 }
            let source = try #require(started.first?.record.source)
            try await ring.send(.stop(take: source + "0", reason: "another's"), id: id, operation: "demo.echo")
            try await ring.send(.stop(take: source, reason: "superseded"), id: id, operation: "demo.echo")
            let end = await answers.until { _ in true }
            #expect(end.map(\.record.event) == [.released(reason: "superseded")])
        }
    }

    @Test func signalsAreDeliveredInTheirOrder() async throws {
        let handler: @Sendable (Work, Context) async throws -> Answer = { _, context in
            let first = try await context.signal("go", message: "waiting")
            let second = try await context.signal("go")
            return .json(Array(#"{"text":"\#(String(decoding: first + second, as: UTF8.self))"}"#.utf8))
        }
        try await Self.with(handler: handler) { ring, _, answers in
            let id = try await ring.request("demo.echo", #"{"text":"x"}"#)
            let begun = await answers.until { $0.count == 2 }
            #expect(begun.last?.record.event == .waiting(Waiting(name: "go", until: nil, message: "waiting")))
            let take = try #require(begun.first?.record.source)
            let one = Signal(name: "go", by: "", value: Array("1".utf8))
            try await ring.send(.deliver(take: take, signals: [one]), id: id, operation: "demo.echo")
            try await ring.send(
                .deliver(take: take, signals: [one, Signal(name: "go", by: "", value: Array("2".utf8))]), id: id, operation: "demo.echo")
            let events = await answers.end(of: id)
            #expect(try EchoTests.text(events.last?.event.completedBytes) == "12")
        }
    }

    @Test func whatDoesNotEndInTimeIsHandedBackAtTheStop() async throws {
        try await Self.with(handler: Self.forever) { ring, worker, answers in
            let id = try await ring.request("demo.echo", #"{"text":"x"}"#)
            _ = await answers.until { $0.count == 1 }
            let begun = ContinuousClock.now
            #expect(await worker.stop(within: .seconds(2)))
            #expect(ContinuousClock.now - begun < .seconds(20), "an order of magnitude above the limit: bounded at all")
            let events = await answers.end(of: id)
            #expect(events.last?.event == .released(reason: "the worker stops"))
        }
    }

    @Test func aRecordPublishedTwiceRunsOnceAndARecordPastItsDeadlineNever() async throws {
        try await Self.with(handler: Self.echo) { ring, worker, answers in
            let late = try await ring.request("demo.echo", #"{"text":"late"}"#, deadline: Timestamp(milliseconds: 1))
            let id = try await ring.request("demo.echo", #"{"text":"x"}"#)
            _ = await answers.until { $0.count == 2 }
            try await ring.request("demo.echo", #"{"text":"x"}"#, id: id)
            try await ring.request("demo.echo", #"{"text":"x"}"#, id: id, attempt: 2)
            let seen = await answers.until { $0.count == 2 }
            #expect(seen.allSatisfy { $0.record.id == id && $0.record.attempt == 2 })
            #expect(seen.allSatisfy { $0.record.id != late })
            _ = worker
        }
    }

    @Test func whatIsNoRequestIsSetAsideAndThePartitionMovesOn() async throws {
        let metrics = Metrics()
        try await Self.with({ $0.metrics = metrics }, handler: Self.echo) { ring, _, answers in
            let id = Ring.id()
            let partition = Core.partition(of: id, count: Ring.partitions)
            let topic = ring.names.requests("demo.echo")
            let key = Array(id.text.utf8)
            for garbage in [[], [1, 2, 3], [0, 9, 9, 9, 9, 1, 2], Array("{\"text\":\"json\"}".utf8)] as [[UInt8]] {
                try await ring.send(topic, partition: partition, key: key, value: garbage)
            }
            let operation = try #require(ring.catalogue["demo.echo"])
            let payload = Payload(schema: operation.requestEnvelope.id, bytes: try JSONToAvro(operation.request).encode(#"{"text":"x"}"#))
            // Of another operation, and in a wrong partition.
            var writer = AvroWriter()
            var record = RequestRecord(id: id, operation: "demo.other", createdAt: WallClock.now, payload: payload)
            writer.writeRequest(record)
            try await ring.send(topic, partition: partition, key: key, value: writer.bytes)
            record.operation = "demo.echo"
            try await ring.send(record, partition: (partition + 1) % Int32(Ring.partitions))
            try await ring.send(record)
            let seen = await answers.until { $0.count == 2 }
            #expect(seen.allSatisfy { $0.record.id == id && $0.partition == partition })
            #expect(metrics.exposition().contains(#"worker_set_aside_total{operation="demo.echo"} 5"#))
        }
    }

    @Test func neverMoreHandlersThanSlotsAndThePartitionsTakeTurns() async throws {
        let count = Count()
        let (gate, open) = AsyncStream<Void>.makeStream()
        let gates = Task { for await _ in gate { return } }
        let handler: @Sendable (Work, Context) async throws -> Answer = { _, _ in
            count.state.withLock { state in
                state.running += 1
                state.most = max(state.most, state.running)
            }
            await gates.value
            await Task.yield()
            count.state.withLock { $0.running -= 1 }
            return .json(Array(#"{"text":"x"}"#.utf8))
        }
        try await Self.with(concurrency: 2, handler: handler) { ring, worker, answers in
            // Many of one partition first, then one of another.
            var ids: [RequestID] = []
            func id(in partition: Int32) -> RequestID {
                while true {
                    let id = Ring.id()
                    if Core.partition(of: id, count: Ring.partitions) == partition { return id }
                }
            }
            for _ in 0..<20 { ids.append(try await ring.request("demo.echo", #"{"text":"x"}"#, id: id(in: 0))) }
            let other = try await ring.request("demo.echo", #"{"text":"x"}"#, id: id(in: 1))
            ids.append(other)
            // All are taken and wait before the first handler may end.
            let first = await answers.until { $0.count == 2 }
            while worker.waiting < ids.count - 2 { await Task.yield() }
            open.yield()
            let seen = first + (await answers.until { seen in seen.count { $0.record.event.endsTake } == ids.count })
            #expect(count.state.withLock { $0.most } == 2)
            let starts = seen.filter { !$0.record.event.endsTake }.map(\.record.id)
            #expect(Set(starts) == Set(ids) && starts.count == ids.count)
            let place = try #require(starts.firstIndex(of: other))
            #expect(place <= 4, "the other partition's request was started at place \(place)")
        }
    }

    @Test func resultsThatDoNotFit() async throws {
        try await Self.with(handler: { work, _ in .json(Array(try work.decode(Text.self).text.utf8)) }) { ring, _, answers in
            for json in [#"{\"wrong\":1}"#, #"{\"text\":5}"#, "nonsense"] {
                let id = try await ring.request("demo.echo", #"{"text":"\#(json)"}"#)
                let failure = await answers.end(of: id).last?.event.failure
                #expect(failure?.code == "invalid-result" && failure?.retryable == false)
                if json.contains("text") { #expect(failure?.message.contains("/text") == true) }
            }
        }
    }

    struct Text: Decodable {
        let text: String
    }

    @Test func aResultLargerThanARecordIsTooLarge() async throws {
        let large = #"{"text":"\#(String(repeating: "x", count: 1_100_000))"}"#
        try await Self.with(handler: { _, _ in .json(Array(large.utf8)) }) { ring, _, answers in
            let id = try await ring.request("demo.echo", #"{"text":"x"}"#)
            let failure = await answers.end(of: id).last?.event.failure
            #expect(failure?.code == "too-large" && failure?.retryable == false)
        }
    }

    @Test func errorsOfHandlersAreFailures() async throws {
        struct Odd: Error {}
        try await Self.with(handler: { work, _ in
            if work.attempt == 1 { throw Odd() }
            throw HandlerFailure(code: "never", message: "not again", retryable: false, details: Array(#"{"n":1}"#.utf8))
        }) { ring, _, answers in
            let id = try await ring.request("demo.echo", #"{"text":"x"}"#)
            let first = await answers.end(of: id).last?.event.failure
            #expect(first?.code == "handler-error" && first?.retryable == true)
            try await ring.request("demo.echo", #"{"text":"x"}"#, id: id, attempt: 2)
            let second = await answers.end(of: id).last?.event.failure
            #expect(second == Failure(code: "never", message: "not again", retryable: false, details: .json(Array(#"{"n":1}"#.utf8))))
        }
    }
}
