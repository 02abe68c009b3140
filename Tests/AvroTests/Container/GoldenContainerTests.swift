import Avro
import FoundationEssentials
import Testing

@Suite(.enabled(if: TestData.isPresent, Comment(rawValue: TestData.missing))) struct GoldenContainerTests {
    /// Every datum of a file as plain JSON.
    static func lines(_ path: String) throws -> [String] {
        var reader = try ContainerReader(bytes: TestData.bytes(path))
        let printer = AvroToJSON(reader.schema)
        var lines: [String] = []
        while let datum = try reader.next() { lines.append(String(decoding: try printer.json(Array(datum)), as: UTF8.self)) }
        #expect(reader.bytesRead == reader.bytesTotal)
        return lines
    }

    static func blocks(_ path: String) throws -> Int {
        var reader = try ContainerReader(bytes: TestData.bytes(path))
        while try reader.nextBlock() != nil {}
        return reader.blocksRead
    }

    @Test(arguments: ["weather.avro", "weather-deflate.avro", "weather-snappy.avro", "weather-zstd.avro", "weather-sorted.avro"])
    func weatherInEveryCodec(path: String) throws {
        let expected = try TestData.text("weather.json").split(separator: "\n").map(String.init)
        let found = try Self.lines(path)
        if path == "weather-sorted.avro" { #expect(Set(found) == Set(expected) && found != expected) } else { #expect(found == expected) }
    }

    @Test(arguments: [
        ("containers/hamba-full.avro", 1), ("containers/hamba-full-deflate.avro", 1), ("containers/hamba-full-snappy.avro", 1),
        ("containers/hamba-full-zstd.avro", 1),
        ("containers/hamba-full-appended.avro", 2),
    ])
    func theSameRecordInEveryCodec(path: String, count: Int) throws {
        let found = try Self.lines(path).map { try JSONValue(parsing: $0).sorted }
        #expect(found.count == count)
        #expect(try found.first == JSONValue(parsing: try #require(Self.lines("containers/hamba-full.avro").first)).sorted)
        if count == 2 { #expect(found[1]["strings"] == .array([.string("another"), .string("record")])) }
    }

    @Test func wholeFilesOfOthers() throws {
        #expect(
            try Self.lines("containers/goavro-quickstop-deflate.avro").count == Self.lines("containers/goavro-quickstop-snappy.avro").count)
        #expect(try Self.lines("containers/goavro-quickstop-deflate.avro").count > 100)
        #expect(try Self.lines("syncInMeta.avro").count > 0)
        #expect(try Self.lines("schemas/simple/data.avro").count > 0)
        #expect(try Self.lines("schemas/withUnion/data.avro").count > 0)
    }

    /// Whoever broke the file said how in its name; the error says which block and where.
    @Test(arguments: [
        ("goavro-bad-header", "container", "header"), ("goavro-blockCountExceedsMaxBlockCount", "container", "block 0"),
        ("goavro-blockSizeExceedsMaxBlockSize", "block-max", "block 0"),
        ("goavro-blockSizeNotGreaterThanZero", "container", "block 0"), ("goavro-cannotDiscardBlockBytes", "container", "block 0"),
        ("goavro-cannotReadBlockSize", "container", "block 0"),
        ("goavro-cannotReadSyncMarker", "container", "block 0"), ("goavro-firstBlockCountNotGreaterThanZero", "container", "block 0"),
        ("goavro-secondBlockCountZero", "container", "block 1"),
        ("goavro-syncMarkerMismatch", "container", "block 0"), ("hamba-deflate-invalid-data", "block-damaged", "block 0"),
        ("hamba-invalid-name", "schema-invalid", "header/name"),
        ("hamba-snappy-invalid-crc", "block-damaged", "block 0"), ("hamba-snappy-invalid-data", "block-damaged", "block 0"),
        ("hamba-snappy-short-crc", "block-damaged", "block 0"),
        ("hamba-zstd-invalid-data", "block-damaged", "block 0"),
    ])
    func brokenFilesSayWhere(name: String, code: String, place: String) throws {
        #expect(throws: AvroError.self) { try Self.lines("containers/\(name).avro") }
        #expect { try Self.blocks("containers/\(name).avro") } throws: { error in
            let error = error as? AvroError
            if error?.code.name != code || error?.place != place || (error?.offset == nil && place != "header/name") {
                Issue.record("\(name): \(error.map(String.init(describing:)) ?? "")")
            }
            return error?.code.name == code && error?.place == place
        }
    }

    /// A file cut at any byte is an error or ends at a block's end; never a trap.
    @Test func filesCutAnywhere() throws {
        let whole = try TestData.bytes("containers/hamba-full-appended.avro")
        var ends = 0
        for count in 0..<whole.count {
            do {
                var reader = try ContainerReader(bytes: Array(whole[..<count]))
                while try reader.next() != nil {}
                ends += 1
            } catch {}
        }
        #expect(ends == 2)
    }

    @Test(arguments: ["hello-world", "echo-foo", "add-onePlusOne"])
    func recordedCallsOfAProtocol(name: String) throws {
        let service = try AvroProtocol(parsing: TestData.text("schemas/simple.avpr"))
        let message = try #require(service.message(String(name.split(separator: "-")[0])))
        for (part, schema) in [("request", message.request), ("response", message.response)] {
            var reader = try ContainerReader(bytes: TestData.bytes("rpc/\(name)-\(part).avro"))
            let datum = try #require(try reader.next())
            let coder = GenericCoder(schema)
            let value = try coder.decode(Array(datum))
            #expect(try coder.encode(value) == Array(datum))
            if part == "response", name == "add-onePlusOne" { #expect(value.content == .int(2)) }
            if part == "response", name == "hello-world" { #expect(value.content == .string("Hello World")) }
            #expect(try reader.next() == nil)
        }
    }

    @Test func singleObjectMessage() throws {
        let bytes = try TestData.bytes("test_message.bin")
        let schema = try Schema(parsing: TestData.text("test_schema.avsc"))
        let (fingerprint, body) = try SingleObject.parse(bytes.span.bytes)
        #expect(fingerprint == schema.fingerprint64)
        let value = try GenericCoder(schema).decode(body.bytes(in: bytes.span.bytes))
        #expect(value[0]?.content == .long(42) && value[1]?.content == .string("Bill"))
        #expect(SingleObject.frame(body.array(in: bytes.span.bytes), schema: schema) == bytes)
    }

    @Test func vectorsThatEveryDecoderRefuses() throws {
        let vectors = try #require(try JSONValue(parsing: TestData.text("binary-rejections.json"))["vectors"]?.array)
        #expect(vectors.count == 9)
        for vector in vectors {
            let schema = try Schema(parsing: try #require(vector["schema"]?.string))
            let hex = Array(try #require(vector["bytesHex"]?.string))
            let bytes = stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(String(hex[$0...($0 + 1)]), radix: 16) }
            #expect(throws: AvroError.self, "\(vector.text)") { try GenericCoder(schema).decode(bytes) }
            #expect(throws: AvroError.self, "\(vector.text)") { try AvroToJSON(schema).json(bytes) }
            #expect(throws: AvroError.self, "\(vector.text)") { try Resolution(writer: schema, reader: schema).rewrite(bytes) }
        }
    }
}

extension Resolution {
    func rewrite(_ bytes: [UInt8]) throws(AvroError) -> [UInt8] {
        var out = AvroWriter()
        try rewrite(bytes.span.bytes, into: &out)
        return out.bytes
    }
}

extension JSONValue {
    /// With the members of objects sorted: hamba writes a map's entries in any order.
    var sorted: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let members): .object(members.map { Member($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
        default: self
        }
    }
}
