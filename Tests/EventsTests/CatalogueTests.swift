import Avro
import Core
import Events
import Testing

@Suite("Catalogue")
struct CatalogueTests {
    @Test("the demo operations: types, policies, ids and bodies")
    func demo() throws {
        let catalogue = try Samples.catalogue()
        #expect(catalogue.operations.map(\.name) == ["demo.echo", "reports.generate", "texts.index"])
        let reports = try #require(catalogue["reports.generate"])
        #expect(reports.request.name == "org.example.GenerateRequest")
        #expect(reports.response.name == "org.example.Report")
        #expect(reports.part?.name == "org.example.Group")
        #expect(reports.errors.map(\.name) == ["org.example.UnreadableSource"])
        #expect(reports.branch(ofError: "UnreadableSource") == 2)
        #expect(reports.branch(ofError: "Other") == nil)
        #expect(reports.policy.deadline == .seconds(3600))
        #expect(reports.policy.concurrency == 4)
        #expect(String(decoding: reports.example, as: UTF8.self) == #"{"source":"","groupBy":null}"#)
        let echo = try #require(catalogue["demo.echo"])
        #expect(echo.policy.deadline == nil && echo.part == nil)
        #expect(String(decoding: echo.example, as: UTF8.self) == #"{"text":"","seconds":0.0,"failures":0}"#)
        let body = try echo.requestFromJSON.encode(#"{"text":"hi"}"#)
        #expect(try DemoEcho.text(body) == "hi")
        #expect(throws: JSONRejection.self) { try echo.requestFromJSON.encode(#"{"text":1}"#) }
    }

    private enum DemoEcho {
        static func text(_ bytes: [UInt8]) throws -> String {
            var reader = AvroReader(bytes.span.bytes)
            let text = try reader.readString()
            #expect(try reader.readDouble() == 0)
            #expect(try reader.readInt() == 0)
            try reader.finish()
            return text.string(in: bytes.span.bytes)
        }
    }

    @Test("a topic's schema says everything by itself: parsed from its text it is the same, with the typed part last and each type once")
    func envelopes() throws {
        for operation in try Samples.catalogue().operations {
            for envelope in [operation.requestEnvelope, operation.responseEnvelope] {
                let parsed = try Schema(parsing: envelope.text)
                #expect(parsed == envelope.schema)
                #expect(parsed.identifier == envelope.id)
                #expect(envelope.id >> 31 == 0)
            }
            #expect(operation.requestEnvelope.schema.fields.last?.name == "payload")
            #expect(operation.requestEnvelope.schema.fields.last?.schema == operation.request)
            let events = try #require(operation.responseEnvelope.schema.fields.last)
            #expect(events.schema.branches.count == 16)
            let failed = try #require(events.schema.branches.first { $0.name == "rejoinder.Failed" })
            #expect(failed.field("details")?.schema.branches.count == 2 + operation.errors.count)
            #expect(failed.field("details")?.defaultValue == .null)
        }
    }

    static let broken: [(String, String)] = [
        ("{", "byte"), (#"{"protocol":"p","namespace":"n","messages":{}}"#, "/messages"),
        (#"{"protocol":"p","messages":{"m":{"request":[],"response":"null"}}}"#, "/namespace"),
        (#"{"protocol":"p","namespace":"rejoinder","messages":{"m":{"request":[],"response":"null"}}}"#, "/namespace"),
        (#"{"protocol":"p","namespace":"rejoinder.x","messages":{"m":{"request":[],"response":"null"}}}"#, "/namespace"),
        (#"{"protocol":"rejoinder","namespace":"n","messages":{"m":{"request":[],"response":"null"}}}"#, "/protocol"),
        (
            #"{"protocol":"p","namespace":"n","types":[{"type":"record","name":"rejoinder.X","fields":[]}],"messages":{"m":{"request":[],"response":"null"}}}"#,
            "/types/0"
        ), (message(#""policy":{"attempts":0}"#), "/messages/m/policy/attempts"),
        (message(#""policy":{"lease":"10s"}"#), "/messages/m/policy/lease"),
        (message(#""policy":{"lease":"PT0.5S"}"#), "/messages/m/policy/lease"),
        (message(#""policy":{"backoff":{"jitter":2}}"#), "/messages/m/policy/backoff/jitter"),
        (message(#""policy":{"retries":3}"#), "/messages/m/policy/retries"), (message(#""policy":3"#), "/messages/m/policy"),
        (message(#""part":"Nothing""#), "/messages/m/part"),
    ]

    static func message(_ attributes: String) -> String {
        #"{"protocol":"p","namespace":"n","messages":{"m":{"request":[],"response":"null",\#(attributes)}}}"#
    }

    @Test("each fault is told with its file and place", arguments: broken.indices)
    func faults(_ index: Int) {
        let (text, place) = Self.broken[index]
        do {
            _ = try Catalogue(files: [("x.avpr", text)])
            Issue.record("taken: \(text)")
        } catch {
            #expect(error.faults.count == 1 && error.faults[0].file == "x.avpr")
            #expect(error.faults[0].place.hasPrefix(place), "\(error)")
        }
    }

    @Test("all faults of all files are told at once, an operation described twice among them")
    func together() {
        let good = Self.message(#""policy":{}"#)
        do {
            _ = try Catalogue(files: [("a.avpr", good), ("b.avpr", good), ("c.avpr", "{")])
            Issue.record("taken")
        } catch {
            #expect(error.faults.map(\.file) == ["b.avpr", "c.avpr"])
            #expect(error.faults[0].detail.contains("a.avpr"))
        }
    }

    @Test("every policy field has the default of the documentation")
    func policy() throws {
        let catalogue = try Catalogue(files: [("x.avpr", Self.message(#""policy":{"grace":"PT3S","deadline":null}"#))])
        var expected = Policy.standard
        expected.grace = .seconds(3)
        #expect(catalogue["p.m"]?.policy == expected)
    }
}

@Suite("Topic names")
struct TopicNameTests {
    @Test("names lead back to what they are for, under any prefix", arguments: ["", "staging.", "a-b_"])
    func roundTrip(_ prefix: String) {
        let names = TopicNames(prefix: prefix)
        let kinds: [TopicNames.Kind] = [
            .requests(operation: "reports.generate"), .responses(operation: "reports.generate"), .deadLetters(operation: "a.b"), .commands,
            .heartbeats, .jobs, .members, .schemas,
        ]
        for kind in kinds {
            #expect(names.name(kind).hasPrefix(prefix))
            #expect(names.kind(of: names.name(kind)) == kind)
        }
        #expect(names.operation(of: names.responses("a.b")) == "a.b")
        #expect(names.operation(of: names.commands) == nil)
    }

    @Test(
        "others' topics are none of ours",
        arguments: [
            "orders", "orders.requests", "a.b.c.requests", "rejoinder.other", "rejoinder.x.requests", "staging.a.b.requests", "a.b.workers",
            ".requests", "1a.b.requests",
        ])
    func others(_ topic: String) { #expect(TopicNames().kind(of: topic) == nil) }
}
