import Avro
import Client
import Core
import Events
import Testing

@Suite struct SchemaCheckTests {
    static let names = TopicNames(prefix: "t.")

    /// The catalogue of one operation whose request has these fields.
    static func catalogue(_ fields: String) throws -> Catalogue {
        try Catalogue(files: [
            (
                "s.avpr",
                #"{"protocol":"s","namespace":"org.example","types":[],"messages":{"m":{"request":[\#(fields)],"response":"string"}}}"#
            )
        ])
    }

    static let old = #"{"name":"text","type":"string"}"#
    static let readable = #"{"name":"text","type":"string"},{"name":"times","type":"int","default":1}"#
    static let unreadable = #"{"name":"text","type":"long"},{"name":"times","type":"int"}"#

    /// A registry in which catalogues were registered, the first one first.
    static func registry(_ catalogues: [Catalogue]) throws -> SchemaRegistry {
        var registry = SchemaRegistry()
        for catalogue in catalogues {
            for wanted in catalogue.registrations(names) {
                try registry.apply(subject: wanted.subject, id: wanted.schema.id, schema: wanted.schema.text)
            }
        }
        return registry
    }

    static func finding(_ check: SchemaCheck) throws -> SchemaCheck.Finding {
        try #require(check.findings.first { $0.subject == "t.s.m.requests-value" })
    }

    @Test func nothingIsRegistered() throws {
        let check = SchemaCheck(try Self.catalogue(Self.old), names: Self.names, registry: SchemaRegistry())
        #expect(check.isReadable)
        #expect(check.findings.count == 8)
        #expect(check.findings.allSatisfy { $0.state == .new && $0.versions.isEmpty })
    }

    @Test func unchangedAndReadable() throws {
        let old = try Self.catalogue(Self.old)
        let new = try Self.catalogue(Self.readable)
        #expect(try Self.finding(SchemaCheck(old, names: Self.names, registry: Self.registry([old]))).state == .unchanged)
        let changed = SchemaCheck(new, names: Self.names, registry: try Self.registry([old]))
        #expect(changed.isReadable)
        #expect(try Self.finding(changed).state == .readable)
        #expect(changed.findings.filter { $0.state == .readable }.map(\.subject) == ["t.s.m.dead-letters-value", "t.s.m.requests-value"])
        #expect(try Self.finding(SchemaCheck(new, names: Self.names, registry: Self.registry([old, new]))).state == .unchanged)
    }

    @Test func everyVersionCountsAndEveryFieldIsNamed() throws {
        let catalogues = [try Self.catalogue(Self.old), try Self.catalogue(Self.readable)]
        let check = SchemaCheck(try Self.catalogue(Self.unreadable), names: Self.names, registry: try Self.registry(catalogues))
        #expect(!check.isReadable)
        let finding = try Self.finding(check)
        #expect(finding.state == .unreadable)
        #expect(finding.versions.map(\.version) == [1, 2])
        #expect(finding.versions[0].reasons.map(\.place) == ["payload.text", "payload.times"])
        #expect(finding.versions[1].reasons.map(\.place) == ["payload.text"])
        let json = check.json(with: SchemaOpinion.all(of: try Self.catalogue(Self.unreadable)))
        #expect(json["readable"]?.boolean == false)
        let subject = try #require(json["subjects"]?.array?.first { $0["subject"]?.string == finding.subject })
        #expect(subject["state"]?.string == "unreadable")
        #expect(subject["id"]?.integer == Int64(finding.id))
        let reason = try #require(subject["versions"]?.array?.first?["reasons"]?.array?.last)
        #expect(reason["kind"]?.string == "fieldWithoutDefault")
        #expect(reason["place"]?.string == "payload.times")
        #expect(reason["detail"]?.string?.contains("no default") == true)
        #expect(json["libavro"]?.array?.count == 2)
    }

    @Test func theListing() throws {
        let listing = SchemaListing(try Self.registry([Self.catalogue(Self.old), Self.catalogue(Self.readable)]))
        let versions = listing.entries.filter { $0.subject == "t.s.m.requests-value" }
        #expect(versions.map(\.version) == [1, 2])
        #expect(versions.map(\.name) == ["rejoinder.Request", "rejoinder.Request"])
        let subjects = try #require(listing.json["subjects"]?.array)
        #expect(
            subjects.compactMap { $0["subject"]?.string }
                == listing.entries.map(\.subject).reduce(into: []) { if $0.last != $1 { $0.append($1) } })
        let requests = try #require(subjects.first { $0["subject"]?.string == "t.s.m.requests-value" })
        #expect(requests["versions"]?.array?.compactMap { $0["id"]?.integer } == versions.map { Int64($0.id) })
        #expect(
            SchemaListing(versions).registered(of: 8).text.hasPrefix(#"{"registered":[{"subject":"t.s.m.requests-value","version":1,"id":"#)
        )
    }

    @Test func aSourceIsAProtocolOrASchema() throws {
        let avro = try SchemaSource(
            parsing: #"{"protocol":"p","namespace":"n","types":[{"type":"enum","name":"E","symbols":["A"]}],"messages":{}}"#)
        #expect(avro.schemas.map(\.name) == ["n.E"])
        #expect(try SchemaSource(parsing: #"{"type":"fixed","name":"F","size":2}"#).schemas.map(\.name) == ["F"])
        #expect(throws: AvroError.self) { try SchemaSource(parsing: #"{"type":"fixed","name":"F"}"#) }
    }
}
