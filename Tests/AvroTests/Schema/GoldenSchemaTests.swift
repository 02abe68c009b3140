import Avro
import Testing

/// The schemas among the golden files that stand alone.
@Suite(.enabled(if: TestData.isPresent, Comment(rawValue: TestData.missing))) struct GoldenSchemaTests {
    static func schema(_ path: String) throws -> Schema { try Schema(parsing: TestData.text(path)) }

    /// A value of every golden schema goes there and back in binary and in both forms of JSON.
    @Test(arguments: [
        "interop.avsc", "test_schema.avsc", "containers/hamba-full-schema.json", "schemas/FooBarSpecificRecord.avsc",
        "schemas/RecordWithRequiredFields.avsc", "schemas/fooBar.avsc", "schemas/reserved.avsc", "schemas/weather.avsc",
        "schemas/simple/schema.json", "schemas/withUnion/schema.json",
    ])
    func everySchemaCodes(path: String) throws {
        let schema = try Self.schema(path)
        #expect(try Schema(parsing: schema.json.text) == schema)
        #expect(try Schema(parsing: schema.parsingForm).fingerprint64 == schema.fingerprint64)
        let coder = GenericCoder(schema)
        var random = SplitMix(state: 7)
        for _ in 0..<20 {
            var out = AvroWriter()
            RandomDatum.append(schema, to: &out, using: &random)
            #expect(try coder.encode(coder.decode(out.bytes)) == out.bytes)
            // JSON has one member a name, random maps may have several entries a key.
            let bytes = try coder.encode(coder.decode(out.bytes).forC)
            #expect(try JSONToAvro(schema, form: .tagged).encode(AvroToJSON(schema, form: .tagged).json(bytes)) == bytes)
            _ = try JSONValue(parsing: AvroToJSON(schema).json(bytes))
            #expect(try Resolution(writer: schema, reader: schema).decode(bytes) == coder.decode(bytes))
        }
    }

    @Test func namesThatLanguagesReserve() throws {
        let schema = try Self.schema("schemas/reserved.avsc")
        #expect(schema.symbols == ["default", "class", "int"])
        #expect(try SwiftGenerator.files(for: [schema]).first?.text.contains("case `default`") == true)
    }

    @Test func defaultsAndLogicalTypesOfGoldenSchemas() throws {
        let foo = try Self.schema("schemas/FooBarSpecificRecord.avsc")
        #expect(foo.field("typeEnum")?.defaultBytes == [0])
        let json = #"{"id":1,"name":"n","nicknames":["a"],"relatedids":[2]}"#
        #expect(
            try String(decoding: AvroToJSON(foo).json(JSONToAvro(foo).encode(json)), as: UTF8.self)
                == json.dropLast() + #","typeEnum":null}"#)
        let bar = try Self.schema("schemas/fooBar.avsc")
        #expect(bar.name == "example.avro.Bar")
        #expect(bar.field("created_at")?.schema.branches.last?.logicalType == .timestampMillis)
        let required = try Self.schema("schemas/RecordWithRequiredFields.avsc")
        #expect(required.type(named: "org.apache.avro.MapRecordEnum")?.enumDefault == "A")
        let interop = try Self.schema("interop.avsc")
        #expect(interop.field("recordField")?.schema.field("children")?.schema.items?.name == "org.apache.avro.Node")
    }

    /// What others write beside the specification's attributes is kept, and a logical type that is none of ours is the plain type.
    @Test func attributesOfOthersAreKept() throws {
        let schema = try Self.schema("containers/hamba-full-schema.json")
        let meta = try #require(schema.field("meta"))
        #expect(meta.attributes.map(\.name) == ["field-id"])
        #expect(meta.schema.kind == .array && meta.schema.logicalType == nil)
        #expect(schema.json.text.contains(#""logicalType":"map""#) && schema.json.text.contains(#""element-id":6"#))
    }

    /// The schema beside a file is the file's own.
    @Test(arguments: [
        ("schemas/weather.avsc", "weather.avro"), ("schemas/simple/schema.json", "schemas/simple/data.avro"),
        ("schemas/withUnion/schema.json", "schemas/withUnion/data.avro"),
    ])
    func schemasAreThoseOfTheirFiles(schema: String, file: String) throws {
        let reader = try ContainerReader(bytes: TestData.bytes(file))
        #expect(reader.schema.parsingForm == (try Self.schema(schema)).parsingForm)
    }
}
