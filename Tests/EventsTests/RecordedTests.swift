import Avro
import Core
import Testing

@testable import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Bytes of every version of the envelopes that was ever shipped are read for ever.
///
/// A new version is recorded once, when it is shipped: `REJOINDER_RECORD=1 swift test --filter RecordedTests`. What was recorded never changes.
@Suite("Recorded envelopes")
struct RecordedTests {
    /// A version: the schemas it was written with, and records as hexadecimal text.
    struct Version: Sendable {
        var number: Int
        /// Subject, id, text.
        var schemas: [(subject: String, id: UInt32, text: String)]
        /// `request`, `event 0` …, `command 0` …, `heartbeat`, `member`, `folded`, `mark`, `job`.
        var records: [(name: String, hex: String)]
    }

    static let versions = [RecordedV1.version]

    @Test("each version's records are read as what they were", arguments: versions.indices)
    func reads(_ index: Int) throws {
        let version = Self.versions[index]
        let catalogue = try Samples.catalogue()
        let book = SchemaBook(catalogue)
        for schema in version.schemas { try book.register(subject: schema.subject, id: schema.id, schema: Schema(parsing: schema.text)) }
        var reader = EnvelopeReader(book)
        let operation = try #require(catalogue["reports.generate"])
        let expected = Self.contents(
            request: try #require(version.schemas.first { $0.subject == "request" }).id,
            response: try #require(version.schemas.first { $0.subject == "response" }).id)
        #expect(expected.map(\.name) == version.records.map(\.name))
        for (record, content) in zip(version.records, expected) {
            let bytes = try #require(Self.bytes(hex: record.hex))
            let span = bytes.span.bytes
            switch content.value {
            case .request(let value): #expect(try reader.requestRecord(span, of: operation.name) == value)
            case .event(let value): #expect(try reader.eventRecord(span, of: operation.name) == value, "\(record.name)")
            case .command(let value): #expect(try reader.command(span) == value, "\(record.name)")
            case .heartbeat(let value): #expect(try reader.heartbeat(span) == value)
            case .member(let value): #expect(try reader.member(span) == value)
            case .folded(let job, let place):
                let folded = try reader.folded(span)
                #expect(folded.place == place && folded.content == job.map { .job($0) } ?? .mark)
            case .job(let value): #expect(try reader.job(span) == value)
            }
        }
    }

    @Test("the current version is recorded, and its schemas are those that were")
    func current() throws {
        if ProcessInfo.processInfo.environment["REJOINDER_RECORD"] == "1" { try record() }
        let version = try #require(Self.versions.last)
        #expect(version.number == EnvelopeText.version)
        for schema in EnvelopeCodec.allShared {
            #expect(
                version.schemas.contains { $0.id == schema.id },
                "\(schema.schema.name ?? "") changed: raise EnvelopeText.version and record it")
        }
        let recorded = version.schemas.filter { $0.subject == "request" || $0.subject == "response" }
        for schema in recorded {
            let ours = schema.subject == "request" ? EnvelopeSchemas.requestSkeleton : EnvelopeSchemas.responseSkeleton
            #expect(
                try EnvelopeSchemas.skeleton(of: Schema(parsing: schema.text)) == ours,
                "the envelope changed: raise EnvelopeText.version and record it")
        }
    }

    enum Content {
        case request(RequestRecord)
        case event(EventRecord)
        case command(CommandRecord)
        case heartbeat(HeartbeatRecord)
        case member(Member)
        case folded(Job?, FoldedPlace)
        case job(Job)
    }

    static func contents(request: UInt32, response: UInt32) -> [(name: String, value: Content)] {
        var contents: [(name: String, value: Content)] = [
            ("request", .request(Samples.request(schema: request, payload: [6, 97, 98, 99, 0])))
        ]
        for (index, event) in Samples.events(schema: response).enumerated() {
            let record = EventRecord(
                id: Samples.id, attempt: index % 3, source: "host/17/2026/\(index)", sequence: Int64(index + 1), time: Samples.time,
                traceparent: index.isMultiple(of: 2) ? "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" : nil, event: event)
            contents.append(("event \(index)", .event(record)))
        }
        let payload = Payload(schema: request, bytes: [6, 97, 98, 99, 0])
        let commands: [Command] = [
            .cancel(reason: "r"), .signal(name: "n", value: [123, 125]), .retry(attempt: 4, payload: nil),
            .retry(attempt: 4, payload: payload),
            .stop(take: "w/1", reason: "old"), .deliver(take: "w/1", signals: [Signal(name: "a", value: [49]), Signal(name: "b")]),
        ]
        for (index, command) in commands.enumerated() {
            contents.append(
                (
                    "command \(index)",
                    .command(CommandRecord(id: Samples.id, operation: "reports.generate", time: Samples.time, by: "me", command: command))
                ))
        }
        contents.append(
            (
                "heartbeat",
                .heartbeat(
                    HeartbeatRecord(worker: "w", time: Samples.time, partition: 11, operation: "reports.generate", holds: 2, slots: 64))
            ))
        contents.append(("member", .member(Member(node: "a", address: "http://127.0.0.1:8080"))))
        let place = FoldedPlace(writer: "node-1", time: Samples.time, offsets: ["reports.generate.requests": 7, "rejoinder.commands": 0])
        contents.append(("folded", .folded(JobTests.rich(), place)))
        contents.append(("mark", .folded(nil, place)))
        contents.append(("job", .job(JobTests.rich())))
        return contents
    }

    private func record() throws {
        let operation = try #require(Samples.catalogue()["reports.generate"])
        let schemas =
            EnvelopeCodec.allShared.map { (SchemaRegistration(topic: $0.schema.name ?? "", schema: $0).subject, $0) }
            + [("request", operation.requestEnvelope), ("response", operation.responseEnvelope)]
        var text = """
            // swift-format-ignore-file
            /// What version \(EnvelopeText.version) of the envelopes wrote. Never changed.
            enum RecordedV\(EnvelopeText.version) {
                static let version = RecordedTests.Version(
                    number: \(EnvelopeText.version),
                    schemas: [

            """
        for (subject, schema) in schemas { text += "            (\"\(subject)\", \(schema.id), ##\"\(schema.text)\"##),\n" }
        text += "        ],\n        records: [\n"
        for (name, content) in Self.contents(request: operation.requestEnvelope.id, response: operation.responseEnvelope.id) {
            text += "            (\"\(name)\", \"\(Self.hex(Self.encoded(content, response: operation.responseEnvelope.id)))\"),\n"
        }
        text += "        ])\n}\n"
        let url = Samples.package.appending(path: "Tests/EventsTests/Recorded/RecordedV\(EnvelopeText.version).swift")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    private static func encoded(_ content: Content, response: UInt32) -> [UInt8] {
        var writer = AvroWriter()
        switch content {
        case .request(let value): writer.writeRequest(value)
        case .event(let value): writer.writeResponse(value, schema: response)
        case .command(let value): writer.writeCommand(value)
        case .heartbeat(let value): writer.writeHeartbeat(value)
        case .member(let value): return value.value
        case .folded(let job?, let place): writer.writeFolded(job, place)
        case .folded(nil, let place): writer.writeMark(place)
        case .job(let value): writer.writeJob(value)
        }
        return writer.bytes
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func bytes(hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == hex.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
