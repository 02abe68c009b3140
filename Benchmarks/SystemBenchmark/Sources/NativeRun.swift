import Avro
import Client
import Core
import Events
import Kafka
import Telemetry

/// Requests of demo.echo straight to Kafka, answers straight from it.
final class NativeRun: Sendable {
    private let client: RequestClient
    private let directory: SchemaDirectory
    private let payload: Payload
    private let ids: Locked<Identities>

    private struct Identities {
        var sequence: IdentitySequence
        var generator = SystemRandomNumberGenerator()
    }

    /// What has come of a round's requests so far.
    private final class Load: Sendable {
        struct Counts {
            var underWay = 0
            var answered = 0
            var failed = 0
            var firstFailure = ""
        }

        let counts = Locked(Counts())

        func ended(_ answer: RequestClient.Answer) {
            counts.withLock { counts in
                counts.underWay -= 1
                counts.answered += 1
                if case .completed = answer { return }
                counts.failed += 1
                if counts.firstFailure.isEmpty { counts.firstFailure = "\(answer)" }
            }
        }
    }

    init(bootstrap: String, prefix: String) async throws {
        let kafka = KafkaConfiguration(bootstrapServers: bootstrap, clientID: "system-benchmark")
        let names = TopicNames(prefix: prefix)
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let catalogue = try Catalogue(files: [("demo.avpr", text(ofFile: "/\(root)/schemas/demo.avpr"))])
        guard let operation = catalogue["demo.echo"] else { throw Trouble(description: "schemas/demo.avpr has no demo.echo") }
        let partitions = try await TopicSetup(kafka).partitions(catalogue: catalogue, names: names)
        directory = try SchemaDirectory(kafka, catalogue: catalogue, names: names, logger: .none)
        try await directory.ready()
        client = try RequestClient(operation, names: names, partitions: partitions, kafka: kafka, book: directory.book)
        try await client.start()
        let body = #"{"text":"\#(String(repeating: "x", count: 189))"}"#
        payload = Payload(schema: operation.requestEnvelope.id, bytes: try JSONToAvro(operation.request).encode(body))
        ids = Locked(Identities(sequence: IdentitySequence(partitionCount: partitions)))
    }

    func end() async {
        await client.close()
        await directory.close()
    }

    private func record() -> RequestRecord {
        let now = Timestamp(milliseconds: wallClock())
        let id = ids.withLock { $0.sequence.next(now: now, using: &$0.generator) }
        return RequestRecord(id: id, operation: "demo.echo", createdAt: now, payload: payload)
    }

    /// As many requests as `window` allows are under way at any time. `loaded round answers-a-second`
    func loaded(_ count: Int, window: Int, round: Int) async throws {
        let load = Load()
        let begun = ContinuousClock.now
        var sent = 0
        while sent < count {
            let room = load.counts.withLock { window - $0.underWay }
            let burst = min(room, count - sent)
            guard burst > 0 else {
                try await Task.sleep(for: .microseconds(200))
                continue
            }
            load.counts.withLock { $0.underWay += burst }
            for _ in 0..<burst {
                try client.send(record()) { load.ended($0) }
            }
            sent += burst
        }
        while load.counts.withLock({ $0.answered }) < count {
            guard ContinuousClock.now - begun < .seconds(60) else { throw Trouble(description: "answers are missing after a minute") }
            try await Task.sleep(for: .milliseconds(1))
        }
        let wall = (ContinuousClock.now - begun) / .seconds(1)
        let (failed, reason) = load.counts.withLock { ($0.failed, $0.firstFailure) }
        guard failed == 0 else { throw Trouble(description: "\(failed) of \(count) requests did not complete: \(reason)") }
        print("loaded", round, Int(Double(count) / wall))
    }

    /// `single p50 p99`, after a tenth of the count as warm-up.
    func single(_ count: Int) async throws {
        var figures = Figures()
        for index in -(count / 10)..<count {
            let begun = ContinuousClock.now
            let record = record()
            let answer = try await withCheckedThrowingContinuation { continuation in
                do throws(KafkaError) {
                    try client.send(record) { continuation.resume(returning: $0) }
                } catch {
                    continuation.resume(throwing: error)
                }
            }
            guard case .completed = answer else { throw Trouble(description: "a request did not complete: \(answer)") }
            if index >= 0 { figures.add(ContinuousClock.now - begun) }
        }
        figures.print("single")
    }
}
