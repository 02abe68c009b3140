import Avro
import Testing

@Suite("Typed coding")
struct TypedCoderTests {
    @Test("random data are read, written as the same bytes, and skipped to their end", arguments: UInt64(0)..<300)
    func roundTrip(_ seed: UInt64) throws {
        try roundTrip(Typed.Everything.self, seed)
        try roundTrip(Typed.Tree.self, seed)
    }

    private func roundTrip<Value: TypedSchema>(_ type: Value.Type, _ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var writer = AvroWriter()
        let schema = try Schema(parsing: Value.schemaText)
        #expect(schema.name == Value.schemaName)
        RandomDatum.append(schema, to: &writer, using: &random)
        let bytes = writer.bytes
        let value = try Value(decoding: bytes.span.bytes)
        var again = AvroWriter(capacity: 64)
        value.encode(to: &again, source: bytes.span.bytes)
        let copy = again.bytes
        #expect(copy == bytes, "seed \(seed)")
        try skip(type, bytes)
        // The same value through an arena: decoded from a copy whose slices lie elsewhere.
        let shifted = [1, 2, 3] + bytes
        var reader = AvroReader(shifted.span.bytes)
        try reader.skip(3)
        let moved = try Value(from: &reader)
        again.removeAll()
        moved.encode(to: &again, source: shifted.span.bytes)
        #expect(again.bytes == bytes, "seed \(seed)")
    }

    private func skip<Value: TypedValue>(_ type: Value.Type, _ bytes: [UInt8]) throws {
        var reader = AvroReader(bytes.span.bytes)
        try Value.skip(&reader)
        try reader.finish()
    }

    @Test("mutated data are read or refused, never worse, and what is read is written as it was read", arguments: UInt64(0)..<200)
    func mutated(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let schema = try Schema(parsing: seed.isMultiple(of: 2) ? Typed.Everything.schemaText : Typed.Tree.schemaText)
        var writer = AvroWriter()
        RandomDatum.append(schema, to: &writer, using: &random)
        for _ in 0..<50 {
            var bytes = writer.bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch UInt8.random(in: 0...2, using: &random) {
                case 0: bytes[index] = .random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(.random(in: 0...255, using: &random), at: index)
                }
            }
            if seed.isMultiple(of: 2) {
                walk(try? Typed.Everything(decoding: bytes.span.bytes), bytes)
            } else {
                walk(try? Typed.Tree(decoding: bytes.span.bytes), bytes)
            }
        }
    }

    private func walk(_ value: Typed.Everything?, _ bytes: [UInt8]) {
        guard let value else { return }
        let source = bytes.span.bytes
        #expect(throws: Never.self) {
            #expect(try value.words.items(in: source).count == value.words.count)
            #expect(try value.holes.items(in: source).count == value.holes.count)
            try value.mixed.forEach(in: source) { key, _ throws(AvroError) in _ = key.string(in: source) }
            for row in try value.grid.items(in: source) { _ = try row.items(in: source) }
        }
    }

    private func walk(_ value: Typed.Tree?, _ bytes: [UInt8]) {
        guard let value else { return }
        let source = bytes.span.bytes
        #expect(throws: Never.self) {
            var left = value.left
            while let lazy = left { left = try lazy.value(in: source).left }
            #expect(try value.children.items(in: source).count == value.children.count)
        }
    }

    @Test("a value made by hand lies in an arena and reads as it was made")
    func arena() throws {
        var arena = AvroWriter()
        let point = Typed.Point(x: 3, y: 0.5)
        let grid: AvroArray<AvroArray<Typed.Point>> = arena.add([arena.add([point, point]), AvroArray()])
        let value = Typed.Everything(
            flag: true, small: -1, large: .min, single: 0.5, precise: -0.25, raw: arena.add([0, 255]), text: arena.add("häuser"),
            nothing: AvroNull(),
            mode: .`self`, digest: Typed.Digest(arena.add([1, 2, 3, 4])), point: point, empty: Typed.Empty(),
            behind: 7,
            choice: .point(point), words: arena.add(["a", "bc"].map { AvroText(arena.add($0)) }), holes: arena.add([nil, 1]),
            mixed: arena.add([("k", .int(5))]),
            grid: grid, default: 12, value: arena.add(""))
        var out = AvroWriter()
        value.encode(to: &out, source: arena.span)
        let json = try AvroToJSON(Schema(parsing: Typed.Everything.schemaText)).json(out.bytes)
        #expect(
            String(decoding: json, as: UTF8.self) == #"""
                {"flag":true,"small":-1,"large":-9223372036854775808,"single":0.5,"precise":-0.25,"raw":"AP8=","text":"häuser","nothing":null,"mode":"self","digest":"AQIDBA==","point":{"x":3,"y":0.5},"empty":{},"behind":7,"choice":{"x":3,"y":0.5},"words":["a","bc"],"holes":[null,1.0],"behinds":[],"mixed":{"k":5},"grid":[[{"x":3,"y":0.5},{"x":3,"y":0.5}],[]],"nulls":[],"default":12,"source":"","reader":0,"writer":0,"value":""}
                """#)
        let leaf = Typed.Tree(value: 2, kind: .null)
        let tree = Typed.Tree(
            value: 1, left: arena.add(leaf), kind: .tree(arena.add(leaf)), children: arena.add([leaf, leaf]),
            byName: arena.add([("n", leaf)]))
        out.removeAll()
        tree.encode(to: &out, source: arena.span)
        let bytes = out.bytes
        let read = try Typed.Tree(decoding: bytes.span.bytes)
        #expect(try read.left?.value(in: bytes.span.bytes).value == 2)
        #expect(read.children.count == 2)
    }

    @Test("items that would take more memory than a multiple of their bytes are refused by name")
    func itemsMemory() throws {
        var out = AvroWriter()
        out.writeLong(20_000)
        for _ in 0..<20_000 { out.append([0, 0, 4, 0, 0]) }
        out.writeByte(0)
        let bytes = out.bytes
        let trees = try AvroArray<Typed.Tree>(decoding: bytes.span.bytes)
        let size = 20_000 * MemoryLayout<Typed.Tree>.stride
        #expect(try trees.items(in: bytes.span.bytes, limits: DecodingLimits(memoryMax: size)).count == 20_000)
        #expect { try trees.items(in: bytes.span.bytes, limits: DecodingLimits(memoryMax: size - 1)) } throws: {
            ($0 as? AvroError)?.code == .memoryMax
        }
    }

    @Test(
        "hostile bytes are refused by name, in no time and without memory",
        arguments: [
            ("tower of lazies", AvroError.Code.depthMax), ("tower of arrays", .depthMax), ("2^31 nulls", .zeroSizeItemsMax),
            ("2^62 words", .bytesLeft),
            ("-2^63 words", .lengthNegative), ("blocks of nulls", .zeroSizeItemsMax), ("false block size", .blockSize),
            ("text of 2^40 bytes", .bytesLeft),
        ])
    func hostile(_ name: String, _ code: AvroError.Code) throws {
        var out = AvroWriter()
        switch name {
        case "tower of lazies": for _ in 0..<500_000 { out.append([0, 2]) }
        case "tower of arrays": for _ in 0..<200_000 { out.append([0, 0, 4, 2]) }
        case "2^31 nulls": out.writeLong(1 << 31)
        case "2^62 words": out.writeLong(1 << 62)
        case "-2^63 words": out.writeLong(.min)
        case "blocks of nulls": for _ in 0..<1000 { out.writeLong(1 << 20) }
        case "false block size":
            out.writeLong(-1)
            out.writeLong(3)
            out.append([2, 97, 0, 0, 0])
        default: out.writeLong(1 << 40)
        }
        let bytes = out.bytes
        do throws(AvroError) {
            switch name {
            case "tower of lazies", "tower of arrays": _ = try Typed.Tree(decoding: bytes.span.bytes)
            case "2^31 nulls", "blocks of nulls": _ = try AvroArray<AvroNull>(decoding: bytes.span.bytes)
            case "text of 2^40 bytes": _ = try AvroText(decoding: bytes.span.bytes)
            default: _ = try AvroArray<AvroText>(decoding: bytes.span.bytes)
            }
            Issue.record("read")
        } catch { #expect(error.code == code) }
    }
}
