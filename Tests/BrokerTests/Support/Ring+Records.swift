import Avro
import Core
import Events
import HTTPClient
import Kafka
import Telemetry

extension Ring {
    /// The record of a request for `demo.echo`, as a client of another make would send it.
    func requestRecord(_ id: RequestID, _ json: String) throws -> [UInt8] {
        let text = Files.text("\(folder)/schemas/demo.avpr") ?? ""
        let catalogue = try Catalogue(files: [("demo.avpr", text)])
        guard let operation = catalogue["demo.echo"] else { throw Program.Failure(description: "no demo.echo") }
        let payload = Payload(schema: operation.requestEnvelope.id, bytes: try operation.requestFromJSON.encode(json))
        let now = Timestamp(milliseconds: Clock.milliseconds)
        var writer = AvroWriter(capacity: 1024)
        writer.writeRequest(RequestRecord(id: id, operation: "demo.echo", createdAt: now, payload: payload))
        return writer.bytes
    }

    /// Puts bytes on a topic of this ring.
    func produce(_ topic: String, partition: Int32, key: String?, _ value: [UInt8]) async throws {
        let producer = try Producer(ProducerConfiguration(configuration))
        let record = Record(topic: prefix + topic, partition: partition, key: key.map { Array($0.utf8) }, value: value)
        do {
            _ = try await producer.send(record)
        } catch {
            await producer.close(within: .seconds(1))
            throw error
        }
        await producer.close(within: .seconds(5))
    }

    /// The records of a topic as `rejoinder tail` shows them: the first for which `find` has an answer.
    func tailed<Answer: Sendable>(_ operation: String, _ find: (JSONValue) -> Answer?) async throws -> Answer {
        let program = try await start(["tail", "--from-beginning", "--output", "json", operation])
        let answer = try await program.line { line in (try? JSONValue(parsing: line)).flatMap(find) }
        guard try await program.terminate() == 0 else { throw Program.Failure(description: "tail did not end well: \(program.log)") }
        return answer
    }
}

extension Node {
    /// The value of a counter of `/metrics`, summed over its labels.
    func metric(_ name: String) async throws -> Double {
        let text = String(decoding: try await get("/metrics").response.body, as: UTF8.self)
        var sum = 0.0
        for line in text.split(separator: "\n") where line.hasPrefix(name) && !line.hasPrefix("#") {
            sum += line.split(separator: " ").last.flatMap { Double($0) } ?? 0
        }
        return sum
    }
}
