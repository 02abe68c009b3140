import Avro
import Core
import Events
import Testing

@Suite("Schema book")
struct SchemaBookTests {
    @Test("what a catalogue needs is missing until it is registered; the records of rejoinder.schemas come back")
    func registration() throws {
        let catalogue = try Samples.catalogue()
        let names = TopicNames(prefix: "t.")
        let book = SchemaBook(catalogue)
        let missing = book.missing(for: catalogue, names: names)
        #expect(missing.count == 5 + 3 * catalogue.operations.count)
        #expect(missing.contains { $0.subject == "t.reports.generate.responses-value" })
        for registration in missing { try book.apply(key: registration.key.span.bytes, value: registration.value.span.bytes) }
        #expect(book.missing(for: catalogue, names: names).isEmpty)
        #expect(book.subjects == missing.map(\.subject).sorted())
        let id = try #require(catalogue["demo.echo"]).requestEnvelope.id
        #expect(book.versions(of: "t.demo.echo.requests-value") == [id])
        #expect(book.subjects(of: id) == ["t.demo.echo.dead-letters-value", "t.demo.echo.requests-value"])
        try book.apply(key: Array("t.demo.echo.requests-value/\(id)".utf8).span.bytes, value: nil)
        #expect(book.missing(for: catalogue, names: names).map(\.subject) == ["t.demo.echo.requests-value"])
        #expect(book.known(id) != nil)
    }

    @Test("another program's schema of an operation is read without its .avpr: the envelope directly, the payload by its own type")
    func foreignPayload() throws {
        let catalogue = try Samples.catalogue()
        let registrations = catalogue.registrations(TopicNames())
        let book = SchemaBook()
        var reader = EnvelopeReader(book)
        let echo = try #require(catalogue["demo.echo"])
        var writer = AvroWriter()
        let body = try echo.requestFromJSON.encode(#"{"text":"hi","seconds":1.5}"#)
        writer.writeRequest(Samples.request(schema: echo.requestEnvelope.id, payload: body))
        #expect(throws: AvroError.self) { try reader.requestRecord(writer.span) }
        for registration in registrations { try book.apply(key: registration.key.span.bytes, value: registration.value.span.bytes) }
        let record = try reader.requestRecord(writer.span)
        #expect(try String(decoding: book.json(record.payload, .request), as: UTF8.self) == #"{"text":"hi","seconds":1.5,"failures":0}"#)
        #expect(book.known(echo.requestEnvelope.id)?.layout == .request)
        #expect(book.known(echo.responseEnvelope.id)?.layout == .response)
    }

    @Test("a declared error's details become JSON by the writer's schema")
    func declared() throws {
        let catalogue = try Samples.catalogue()
        let reports = try #require(catalogue["reports.generate"])
        let book = SchemaBook(catalogue)
        let bytes = try reports.errorsFromJSON[0].encode(#"{"line":3}"#)
        let details = Failure.Details.declared(
            type: "UnreadableSource", branch: 2, payload: Payload(schema: reports.responseEnvelope.id, bytes: bytes))
        #expect(try book.json(details).map { String(decoding: $0, as: UTF8.self) } == #"{"line":3,"reason":""}"#)
        #expect(throws: AvroError.self) { try book.json(Payload(schema: reports.responseEnvelope.id, bytes: bytes), .error(branch: 3)) }
        #expect(throws: AvroError.self) { try book.json(Payload(schema: reports.requestEnvelope.id, bytes: bytes), .response) }
        #expect(throws: AvroError.self) { try book.json(Payload(schema: reports.requestEnvelope.id, bytes: [200]), .request) }
    }

    @Test("two schemas under one id are refused, and the first stays")
    func conflict() throws {
        let book = SchemaBook()
        try book.register(subject: "a-value", id: 7, schema: Schema(parsing: #""long""#))
        try book.register(subject: "b-value", id: 7, schema: Schema(parsing: #"{"type":"long"}"#))
        do {
            try book.register(subject: "c-value", id: 7, schema: Schema(parsing: #""string""#))
            Issue.record("taken")
        } catch { #expect(error.code == .schemaConflict) }
        #expect(book.known(7)?.schema.kind == .long)
        #expect(book.subjects == ["a-value", "b-value"])
    }

    /// A request envelope of an imagined earlier version, with a payload of an earlier version, too.
    static let older = #"""
        {"type":"record","name":"rejoinder.Request","fields":[
         {"name":"operation","type":"string"},{"name":"requestId","type":"string"},{"name":"createdAt","type":"long"},
         {"name":"shoeSize","type":"int","default":43},
         {"name":"payload","type":{"type":"record","name":"org.example.EchoRequest","fields":[{"name":"text","type":"string"},{"name":"failures","type":"int"}]}}]}
        """#

    @Test("a request of another version is resolved, envelope and payload, when the operation is known")
    func otherVersion() throws {
        let catalogue = try Samples.catalogue()
        let echo = try #require(catalogue["demo.echo"])
        let book = SchemaBook(catalogue)
        var reader = EnvelopeReader(book)
        let schema = try Schema(parsing: Self.older)
        try book.register(subject: "demo.echo.requests-value", id: 77, schema: schema)
        var writer = AvroWriter()
        writer.beginFrame(77)
        writer.writeString("demo.echo")
        writer.writeID(Samples.id)
        writer.writeLong(5)
        writer.writeInt(44)
        writer.writeString("hi")
        writer.writeInt(2)
        do throws(AvroError) {
            _ = try reader.requestRecord(writer.span)
            Issue.record("read directly")
        } catch { #expect(error.code == .schemasIncompatible && error.detail.contains("77")) }
        let record = try reader.requestRecord(writer.span, of: echo.name)
        #expect(record.id == Samples.id && record.createdAt == Timestamp(milliseconds: 5) && record.attempt == 1 && record.context.isEmpty)
        #expect(record.payload.schema == echo.requestEnvelope.id)
        #expect(try String(decoding: book.json(record.payload, .request), as: UTF8.self) == #"{"text":"hi","seconds":0.0,"failures":2}"#)
        let reports = try #require(catalogue["reports.generate"])
        #expect(throws: AvroError.self) { try reader.requestRecord(writer.span, of: reports.name) }
        #expect(throws: AvroError.self) { try reader.eventRecord(writer.span, of: echo.name) }
    }

    @Test("a payload of another version is resolved to the operation's own type")
    func otherPayload() throws {
        let catalogue = try Samples.catalogue()
        let echo = try #require(catalogue["demo.echo"])
        let book = SchemaBook(catalogue)
        let payload = try Schema(parsing: #"{"type":"record","name":"org.example.EchoRequest","fields":[{"name":"text","type":"string"}]}"#)
        let envelope = RegisteredSchema(try EnvelopeSchemas.request(payload: payload))
        try book.register(subject: "x-value", id: envelope.id, schema: envelope.schema)
        #expect(book.known(envelope.id)?.layout == .request)
        let old = Payload(schema: envelope.id, bytes: [4, 104, 105])
        let new = try book.payload(old, .request, for: echo)
        #expect(new.schema == echo.requestEnvelope.id)
        #expect(try book.json(new, .request) == Array(#"{"text":"hi","seconds":0.0,"failures":0}"#.utf8))
        #expect(try book.payload(new, .request, for: echo) == new)
        let reports = try #require(catalogue["reports.generate"])
        do throws(AvroError) {
            _ = try book.payload(old, .request, for: reports)
            Issue.record("resolved")
        } catch { #expect(error.code == .schemasIncompatible && error.detail.contains("\(envelope.id)")) }
        #expect(throws: AvroError.self) { try book.payload(Payload(schema: 1, bytes: []), .request, for: echo) }
    }

    @Test("records of shared topics of another version are resolved; those of another kind are refused")
    func sharedVersions() throws {
        let book = SchemaBook()
        let reader = EnvelopeReader(book)
        let schema = try Schema(
            parsing:
                #"{"type":"record","name":"rejoinder.Heartbeat","fields":[{"name":"partition","type":"int"},{"name":"worker","type":"string"},{"name":"operation","type":"string"},{"name":"time","type":"long"}]}"#
        )
        try book.register(subject: "rejoinder.heartbeats-value", id: 78, schema: schema)
        var writer = AvroWriter()
        writer.beginFrame(78)
        writer.writeInt(3)
        writer.writeString("w")
        writer.writeString("a.b")
        writer.writeLong(9)
        #expect(
            try reader.heartbeat(writer.span)
                == HeartbeatRecord(worker: "w", time: Timestamp(milliseconds: 9), partition: 3, operation: "a.b"))
        #expect(throws: AvroError.self) { try reader.command(writer.span) }
        #expect(throws: AvroError.self) { try reader.folded(writer.span) }
        #expect(throws: AvroError.self) { try reader.member(writer.span) }
        #expect(throws: AvroError.self) { try reader.job(writer.span) }
    }
}
