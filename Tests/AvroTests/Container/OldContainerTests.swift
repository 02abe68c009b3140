import Avro
import Testing

/// `test.avro12`: a hundred records by a writer of before Avro 1.3.
@Suite(.enabled(if: TestData.isPresent, Comment(rawValue: TestData.missing))) struct OldContainerTests {
    static func read(_ bytes: [UInt8], _ limits: ContainerLimits = ContainerLimits()) throws -> [[UInt8]] {
        var reader = try ContainerReader(bytes: bytes, limits: limits)
        var found: [[UInt8]] = []
        while let datum = try reader.next() { found.append(Array(datum)) }
        #expect(reader.itemsRead == found.count && reader.bytesRead == reader.bytesTotal)
        return found
    }

    @Test func aFileOfAnOldWriterIsReadWhole() throws {
        let bytes = try TestData.bytes("test.avro12")
        var reader = try ContainerReader(bytes: bytes)
        #expect(reader.schema.name == "Test" && reader.schema.fields.map(\.name) == ["stringField", "longField"])
        #expect(reader.codec == .null && reader.syncMarker == Array(bytes[4..<20]))
        #expect(reader.metadata.map(\.key) == ["schema", "count", "sync", "codec"])
        var blocks = 0
        while let (count, bytes) = try reader.nextBlock() {
            #expect(count > 0 && !bytes.isEmpty)
            blocks += 1
        }
        #expect(blocks == reader.blocksRead)
        let data = try Self.read(bytes)
        #expect(data.count == 100)
        let coder = GenericCoder(reader.schema)
        for datum in data { #expect(try coder.encode(coder.decode(datum)) == datum) }
        #expect(try coder.decode(data[0])[0]?.content == .string("corftfdfvxvhyrxrktjjrfja"))
    }

    /// As a stream, which has no size and no end to look at before it has come.
    @Test func aStreamOfAnOldFile() throws {
        var rest = try TestData.bytes("test.avro12")[...]
        var reader = try ContainerReader { count throws(AvroError) in
            defer { rest = rest.dropFirst(min(count, 100)) }
            return Array(rest.prefix(min(count, 100)))
        }
        var items = 0
        while try reader.next() != nil { items += 1 }
        #expect(items == 100)
    }

    @Test func whatIsBrokenSaysWhere() throws {
        let whole = try TestData.bytes("test.avro12")
        for count in 4..<whole.count { #expect(throws: AvroError.self, "\(count) bytes") { try Self.read(Array(whole[..<count])) } }
        func place(_ bytes: [UInt8], _ limits: ContainerLimits = ContainerLimits()) -> (String, String)? {
            do {
                _ = try Self.read(bytes, limits)
                return nil
            } catch { return (error as? AvroError).map { ($0.code.name, $0.place) } }
        }
        var marker = whole
        marker[4] ^= 1
        #expect(try #require(place(marker)) == ("container", "block 0"))
        var count = whole
        // The footer's count of 100 becomes 101.
        let digits = try #require(whole.indices.dropLast(3).last { Array(whole[$0..<($0 + 3)]) == Array("100".utf8) })
        count[digits + 2] = UInt8(ascii: "1")
        #expect(try #require(place(count)).0 == "container")
        var footer = whole
        footer[whole.count - 1] = 255
        #expect(try #require(place(footer)).1 == "footer")
        var limits = ContainerLimits()
        limits.oldFileBytesMax = 1_000
        #expect(try #require(place(whole, limits)) == ("block-max", "footer"))
    }
}
