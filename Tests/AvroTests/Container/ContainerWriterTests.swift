import Avro
import FoundationEssentials
import Testing

@Suite struct ContainerWriterTests {
    static let schemaText =
        #"{"name":"org.x.R","type":"record","fields":[{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"},"default":0},{"name":"text","type":"string","default":"é"}]}"#

    func withFile(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "avro-\(UInt64.random(in: 0...UInt64.max)).avro").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test(arguments: ContainerCodec.allCases)
    func whatIsWrittenIsRead(codec: ContainerCodec) throws {
        try withFile { path in
            let schema = try Schema(parsing: Self.schemaText)
            let encoder = JSONToAvro(schema)
            let data = try (0..<3_000).map { try encoder.encode(#"{"text":"number \#($0)"}"#) }
            let writer = try ContainerWriter(
                path: path, schema: schema, codec: codec, metadata: [("origin", [1, 2, 3])], blockBytes: 4_096)
            for datum in data[..<2_000] { try writer.append(datum) }
            try writer.flush()
            try writer.close()
            let again = try ContainerWriter(path: path, schema: schema, isAppending: true)
            #expect(again.codec == codec)
            for datum in data[2_000...] { try again.append(datum) }
            try again.close()
            var reader = try ContainerReader(path: path)
            #expect(reader.schemaText == Self.schemaText)
            #expect(reader.schema.fields[0].logicalDefault == "0")
            #expect(reader.codec == codec)
            #expect(reader.metadata.contains { $0.key == "origin" && $0.value == [1, 2, 3] })
            var found: [[UInt8]] = []
            while let datum = try reader.next() { found.append(Array(datum)) }
            #expect(found == data)
            #expect(reader.blocksRead > 1 && reader.bytesRead == reader.bytesTotal && reader.itemsRead == 3_000)
        }
    }

    @Test func dataLargerThanABlock() throws {
        try withFile { path in
            let schema = Schema(.string)
            let large = try JSONToAvro(schema).encode("\"" + String(repeating: "x", count: 300_000) + "\"")
            let writer = try ContainerWriter(path: path, schema: schema, codec: .deflate, blockBytes: 1_024)
            try writer.append([2, 65])
            try writer.append(large)
            try writer.append([2, 66])
            try writer.close()
            var reader = try ContainerReader(path: path)
            #expect(try reader.next().map { Array($0) } == [2, 65])
            #expect(try reader.next().map { Array($0) } == large)
            #expect(try reader.next().map { Array($0) } == [2, 66])
            #expect(try reader.next() == nil)
        }
    }

    @Test func anotherSchemaIsNotAppended() throws {
        try withFile { path in
            try ContainerWriter(path: path, schema: Schema(.string)).close()
            #expect(throws: AvroError.self) { try ContainerWriter(path: path, schema: Schema(.bytes), isAppending: true) }
        }
    }

    @Test func whatCannotBeOpenedSaysSo() {
        #expect { try ContainerReader(path: "/nowhere/at/all").bytesRead } throws: { ($0 as? AvroError)?.code == .io }
        #expect { try ContainerWriter(path: "/nowhere/at/all", schema: Schema(.string)) } throws: { ($0 as? AvroError)?.code == .io }
    }

    @Test func aBlockThatUnpacksToTooMuchIsRefused() throws {
        try withFile { path in
            let schema = Schema(.bytes)
            let datum = GenericCoder(schema)
            for codec in ContainerCodec.allCases where codec != .null {
                let writer = try ContainerWriter(path: path, schema: schema, codec: codec, blockBytes: 8 << 20)
                try writer.append(datum.encode(GenericValue(.bytes([UInt8](repeating: 0, count: 4 << 20)))))
                try writer.close()
                var limits = ContainerLimits()
                limits.unpackedBytesMax = 1 << 20
                var reader = try ContainerReader(path: path, limits: limits)
                do throws(AvroError) {
                    _ = try reader.next()
                    Issue.record("taken")
                } catch { #expect(error.code == .blockMax) }
            }
        }
    }

    @Test func aSourceThatGivesAByteAtATime() throws {
        try withFile { path in
            let writer = try ContainerWriter(path: path, schema: Schema(.string), codec: .snappy)
            try writer.append([2, 65])
            try writer.close()
            var rest = try Array(Data(contentsOf: URL(filePath: path)))[...]
            var reader = try ContainerReader { _ throws(AvroError) in rest.popFirst().map { [$0] } ?? [] }
            #expect(try reader.next().map { Array($0) } == [2, 65])
            #expect(try reader.next() == nil)
        }
    }
}

extension Schema.Field {
    var logicalDefault: String? { defaultValue?.text }
}
