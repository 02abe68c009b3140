import Avro
import Core
import Events
import Kafka
import KafkaTesting
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(4))) struct EchoTests {
    static func worker(_ ring: Ring) async throws -> Worker {
        let worker = try Worker(ring.settings, catalogue: ring.catalogue)
        try worker.handle("demo.echo", by: EchoHandler())
        try await worker.start()
        return worker
    }

    static func text(_ bytes: [UInt8]?) throws -> String {
        let bytes = try #require(bytes)
        var reader = AvroReader(bytes.span.bytes)
        return try reader.readString().string(in: bytes.span.bytes)
    }

    @Test func anEchoAtOnceIsStartedAndCompleted() async throws {
        try await Ring.with { ring in
            let worker = try await Self.worker(ring)
            let answers = try Answers(ring, "demo.echo")
            let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            let id = try await ring.request("demo.echo", #"{"text":"hello"}"#, traceparent: trace)
            let seen = await answers.until { $0.count == 2 }
            #expect(seen.map(\.record.id) == [id, id])
            #expect(seen.allSatisfy { $0.partition == Core.partition(of: id, count: Ring.partitions) })
            #expect(seen.map(\.record.sequence) == [1, 2])
            #expect(Set(seen.map(\.record.source)).count == 1)
            #expect(seen.allSatisfy { $0.record.source.hasPrefix(worker.configuration.name + "/") && $0.record.traceparent == trace })
            #expect(seen[0].record.event == .started(offset: 0, worker: worker.configuration.name))
            #expect(try Self.text(seen[1].record.event.completedBytes) == "hello")
            #expect(await worker.stop())
            await answers.close()
        }
    }

    /// Written by another maker's program: fields in another order, one that we do not know, and none of those that have a default.
    @Test func aRequestInAnotherEnvelopeIsAnswered() async throws {
        let schema = try Schema(
            parsing: #"""
                {"type":"record","name":"rejoinder.Request","fields":[{"name":"operation","type":"string"},{"name":"requestId","type":"string"},
                 {"name":"createdAt","type":"long"},{"name":"shoeSize","type":"int","default":43},{"name":"payload","type":
                 {"type":"record","name":"org.example.EchoRequest","fields":[{"name":"text","type":"string"}]}}]}
                """#)
        try await Ring.with { ring in
            let requests = ring.names.requests("demo.echo")
            let registration = SchemaRegistration(topic: requests, schema: RegisteredSchema(schema, id: 77))
            try await ring.send(ring.names.schemas, partition: 0, key: registration.key, value: registration.value)
            let worker = try await Self.worker(ring)
            let answers = try Answers(ring, "demo.echo")
            let id = Ring.id()
            var writer = AvroWriter()
            writer.beginFrame(77)
            for text in ["demo.echo", id.text] { writer.writeString(text) }
            writer.writeLong(5)
            writer.writeInt(44)
            writer.writeString("from afar")
            try await ring.send(
                requests, partition: Core.partition(of: id, count: Ring.partitions), key: Array(id.text.utf8), value: writer.bytes)
            let seen = await answers.until { $0.count == 2 }
            #expect(seen.map(\.record.id) == [id, id])
            #expect(try Self.text(seen[1].record.event.completedBytes) == "from afar")
            #expect(await worker.stop())
            await answers.close()
        }
    }

    @Test func anEchoThatTakesItsTimeTellsItsProgress() async throws {
        try await Ring.with { ring in
            let worker = try await Self.worker(ring)
            let answers = try Answers(ring, "demo.echo")
            let id = try await ring.request("demo.echo", #"{"text":"slow","seconds":0.35}"#)
            let events = await answers.end(of: id)
            let fractions = events.compactMap { $0.event.progress?.fraction }
            #expect(fractions.count >= 2 && fractions == fractions.sorted() && fractions.last == 1)
            #expect(events.map(\.sequence) == Array(1...Int64(events.count)))
            #expect(try Self.text(events.last?.event.completedBytes) == "slow")
            await worker.stop()
            await answers.close()
        }
    }

    @Test("the first attempts fail and may be tried again", arguments: ["0", "0.01"]) func failures(seconds: String) async throws {
        try await Ring.with { ring in
            let worker = try await Self.worker(ring)
            let answers = try Answers(ring, "demo.echo")
            let body = #"{"text":"x","seconds":\#(seconds),"failures":1}"#
            let id = try await ring.request("demo.echo", body)
            let first = await answers.end(of: id)
            let failure = try #require(first.last?.event.failure)
            #expect(failure.code == "asked-to-fail" && failure.retryable)
            try await ring.request("demo.echo", body, id: id, attempt: 2)
            let second = await answers.end(of: id)
            #expect(second.last?.attempt == 2)
            #expect(try Self.text(second.last?.event.completedBytes) == "x")
            await worker.stop()
            await answers.close()
        }
    }
}
