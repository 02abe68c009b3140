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

    /// A block of a million nulls takes twenty bytes: they are bounded in all.
    @Test func dataWithoutBytesAreBounded() throws {
        var out = AvroWriter()
        out.append([0x4F, 0x62, 0x6A, 0])
        let sync = [UInt8](repeating: 7, count: 16)
        for _ in 0..<3 {
            out.append(sync)
            out.writeLong(600)
        }
        let start = out.count
        out.writeLong(2)
        for (key, value) in [("schema", Array("\"null\"".utf8)), ("sync", sync)] {
            out.writeString(key)
            out.writeBytes(value)
        }
        out.writeByte(0)
        out.writeBigEndian(UInt32(out.count - start + 4))
        // The footer lies behind a marker and a count of -1, whose bytes were left out so far.
        var bytes = Array(out.bytes[..<start])
        var mark = AvroWriter()
        mark.append(sync)
        mark.writeLong(-1)
        mark.writeLong(Int64(out.count - start))
        bytes += mark.bytes + out.bytes[start...]
        #expect(try Self.read(bytes).count == 1_800)
        var limits = ContainerLimits()
        limits.zeroSizeItemsMax = 1_000
        #expect { try Self.read(bytes, limits) } throws: {
            ($0 as? AvroError)?.code == .zeroSizeItemsMax && ($0 as? AvroError)?.place == "block 1"
        }
    }

    /// A thousand files of changed bytes: an error or data, never a trap.
    @Test func changedBytesNeverTrap() throws {
        let whole = try TestData.bytes("test.avro12")
        var random = SplitMix(state: 12)
        var refused = 0
        for _ in 0..<1_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                // The footer more often than its share: it says where everything lies.
                let from = Bool.random(using: &random) ? 4 : whole.count - 180
                bytes[Int.random(in: from..<whole.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            do { _ = try Self.read(bytes) } catch is AvroError { refused += 1 }
        }
        #expect(refused > 100)
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
