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
        let details = Failure.Details.declared(type: "UnreadableSource", branch: 2, payload: Payload(schema: reports.responseEnvelope.id, bytes: bytes))
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
}
