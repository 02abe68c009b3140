import Avro
import FoundationEssentials
import TestSupport
import Testing

/// The examples of docs/avro.md, which stand here as they stand there.
@Suite struct ArticleTests {
    static let text = #"""
        {"type":"record","name":"org.example.Sale","fields":[
         {"name":"city","type":"string"},
         {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
         {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
         {"name":"note","type":["null","string"],"default":null}]}
        """#
    static let json = #"{"city":"Köln","at":"2026-11-28T12:00:00Z","price":"19.90"}"#

    @Test func everyExampleIsCompiled() throws {
        let (missing, count) = try Article.examples(of: "avro.md")
        #expect(missing.isEmpty)
        #expect(count >= 8)
    }

    @Test func jsonToAvroAndBack() throws {
        let (text, json) = (Self.text, Self.json)
        let schema = try Schema(parsing: text)
        let encoder = JSONToAvro(schema)
        let bytes = try encoder.encode(json)
        let again = try AvroToJSON(schema).json(bytes)
        #expect(
            String(decoding: again, as: UTF8.self) == #"{"city":"Köln","at":"2026-11-28T12:00:00.000Z","price":"19.90","note":null}"#)

        do {
            _ = try encoder.encode(#"{"city":5,"at":"yesterday","prize":1}"#)
        } catch {
            for fault in error.faults { print(fault.pointer, fault.detail) }
            #expect(error.faults.map(\.pointer) == ["/city", "/at", "/prize", "/price"])
        }
    }

    @Test func valuesAndTypes() throws {
        let schema = try Schema(parsing: Self.text)
        let bytes = try JSONToAvro(schema).encode(Self.json)

        let coder = GenericCoder(schema)
        var value = try coder.decode(bytes)
        if case .record(var fields) = value.content {
            fields[0] = GenericValue(.string("Bonn"))
            value = GenericValue(.record(fields))
        }
        let changed = try coder.encode(value)

        struct Sale: Codable {
            var city: String
            var at: Date
            var note: String?
        }
        let sale = try AvroDecoder(schema).decode(Sale.self, from: changed)
        #expect(sale.city == "Bonn" && sale.note == nil)
    }

    @Test func otherVersions() throws {
        let schema = try Schema(parsing: Self.text)
        let bytes = try JSONToAvro(schema).encode(Self.json)
        let newer = try Schema(
            parsing: #"""
                {"type":"record","name":"org.example.Sale","fields":[
                 {"name":"town","aliases":["city"],"type":"string"},{"name":"count","type":"long","default":1}]}
                """#)

        let resolution = try Resolution(writer: schema, reader: newer)
        let value = try resolution.decode(bytes)
        #expect(value[0]?.content == .string("Köln") && value[1]?.content == .long(1))

        for reason in Compatibility.reasons(reader: schema, writer: newer) { print(reason.place, reason.kind, reason.detail) }
        let mayFollow = Compatibility.reasons(newer, after: [schema], level: .backward).isEmpty
        #expect(mayFollow && !Compatibility.reasons(newer, after: [schema], level: .full).isEmpty)
    }

    @Test func framing() throws {
        let schema = try Schema(parsing: Self.text)
        let bytes = try JSONToAvro(schema).encode(Self.json)

        let framed = WireFormat.frame(bytes, schema: schema.identifier)
        let (id, body) = try WireFormat.parse(framed.span.bytes)
        let datum = body.array(in: framed.span.bytes)
        #expect(id == schema.identifier && datum == bytes)
    }

    @Test func containers() throws {
        let schema = try Schema(parsing: Self.text)
        let bytes = try JSONToAvro(schema).encode(Self.json)
        let path = FileManager.default.temporaryDirectory.appending(path: "sales-\(UInt64.random(in: 0 ... .max)).avro").path
        defer { try? FileManager.default.removeItem(atPath: path) }

        let writer = try ContainerWriter(path: path, schema: schema, codec: .deflate)
        for _ in 0..<10 { try writer.append(bytes) }
        try writer.close()

        var reader = try ContainerReader(path: path)
        let printer = AvroToJSON(reader.schema)
        while let datum = try reader.next() {
            let line = try printer.json(Array(datum))
            print("\(reader.bytesRead) of \(reader.bytesTotal ?? 0) bytes: \(line.count)")
        }
        #expect(reader.itemsRead == 10)
    }

    @Test func protocols() throws {
        let text = #"""
            {"protocol":"shop","namespace":"org.example","types":[{"type":"error","name":"SoldOut","fields":[]}],
             "messages":{"buy":{"request":[{"name":"item","type":"string"}],"response":"string","errors":["SoldOut"],"policy":{"attempts":2}}}}
            """#

        let shop = try AvroProtocol(parsing: text)
        if let buy = shop.message("buy") {
            print(buy.request.json.text, buy.errors.map { $0.name ?? "" }, buy.attribute("policy") ?? "")
        }
        #expect(shop.message("buy")?.attribute("policy") == #"{"attempts":2}"#)
    }

    @Test func hostileBytes() throws {
        let schema = try Schema(parsing: #"{"type":"array","items":"null"}"#)
        let bytes: [UInt8] = [0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0]

        do {
            _ = try GenericCoder(schema).decode(bytes, limits: DecodingLimits(zeroSizeItemsMax: 1_000))
        } catch {
            print(error.code, error.place, error.offset ?? 0, error.disposition)
            #expect(error.code == .zeroSizeItemsMax)
        }
    }

    @Test(.timeLimit(.minutes(1))) func registry() async throws {
        let schema = try Schema(parsing: Self.text)
        let transport = RegistryClientTests.Memory()

        let client = RegistryClient(.init(url: "http://r", credentials: ("a", "b")), transport: transport)
        let id = try await client.register(schema, subject: "sales-value")
        let found = try await client.schema(id: id)
        do {
            _ = try await client.latest(subject: "nothing-value")
        } catch {
            print(error.code, error.disposition)
            #expect(error.code == .schemaUnknown)
        }
        #expect(found == schema)
    }
}
