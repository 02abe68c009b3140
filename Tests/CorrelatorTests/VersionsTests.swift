import Avro
import Core
import Correlator
import Events
import Kafka
import Testing

/// Records that another maker's program, or another version of ours, wrote.
@Suite(.timeLimit(.minutes(4)))
struct VersionsTests {
    static let id: UInt32 = 77
    static let request = #"""
        {"type":"record","name":"rejoinder.Request","fields":[{"name":"operation","type":"string"},{"name":"requestId","type":"string"},
         {"name":"createdAt","type":"long"},{"name":"shoeSize","type":"int","default":43},
         {"name":"payload","type":{"type":"record","name":"org.example.WorkRequest","fields":[{"name":"text","type":"string"}]}}]}
        """#

    @Test("a request in an envelope of another shape is folded as one in ours, and folded so again")
    func anotherEnvelope() async throws {
        let site = try await Site()
        let registration = SchemaRegistration(
            topic: site.names.requests(Site.operation), schema: RegisteredSchema(try Schema(parsing: Self.request), id: Self.id))
        _ = await site.producer.send([Record(topic: site.names.schemas, partition: 0, key: registration.key, value: registration.value)])
        let correlator = try site.correlator()
        try await correlator.start()
        try await site.ready(correlator)
        let id = Site.id()
        var writer = AvroWriter()
        writer.beginFrame(Self.id)
        writer.writeString(Site.operation)
        writer.writeString(id.text)
        writer.writeLong(5)
        writer.writeInt(44)
        writer.append(Site.text("from afar"))
        try await site.send(site.names.requests(Site.operation), site.partition(of: id), id, writer.bytes)
        let job = try await site.job(id, correlator) { _ in true }
        #expect(job.request(attempt: 1)?.payload == Payload(schema: site.requestSchema, bytes: Site.text("from afar")))
        #expect(job.facts?.createdAt == Timestamp(milliseconds: 5) && job.facts?.tenant == "")
        #expect(await correlator.stop(within: .seconds(5)))
        let report = try await Verifier(site.configuration(), book: try await Self.book(of: site)).run()
        #expect(report.isClean && report.compared == 1)
        await site.end()
    }

    /// What `rejoinder.schemas` says, and the catalogue.
    static func book(of site: Site) async throws -> SchemaBook {
        let book = SchemaBook(site.catalogue)
        for record in try site.records(site.names.schemas, 0) {
            try book.apply(key: record.key.span.bytes, value: record.value?.span.bytes)
        }
        return book
    }
}
