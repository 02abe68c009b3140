import Avro
import Testing

/// Small inputs that ask for much. Each must be refused by name, at once.
@Suite struct HostileInputTests {
    static func varint(_ value: Int64) -> [UInt8] {
        var out = AvroWriter()
        out.writeLong(value)
        return out.bytes
    }

    static let nulls = #"{"type":"array","items":"null"}"#
    static let empties = #"{"type":"array","items":{"type":"record","name":"E","fields":[]}}"#
    static let list = #"{"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]}]}"#
    static let nested = #"{"type":"record","name":"N","fields":[{"name":"a","type":{"type":"array","items":"N"}}]}"#

    static let cases: [(String, [UInt8], String)] = [
        (nulls, varint(1 << 31) + [0], "zero-size-items-max"), (empties, varint(1 << 31) + [0], "zero-size-items-max"),
        (nulls, varint(1 << 62), "zero-size-items-max"),
        (nulls, varint(-(1 << 62)) + [0], "zero-size-items-max"), (nulls, varint(.min) + [0], "length-negative"),
        (nulls, (0..<1_000).flatMap { _ in varint(1 << 20) }, "zero-size-items-max"),
        (#"{"type":"array","items":"int"}"#, varint(1 << 62), "bytes-left"),
        (#"{"type":"array","items":"int"}"#, varint(.min) + varint(2), "length-negative"),
        (#"{"type":"map","values":"null"}"#, varint(1 << 40), "bytes-left"), (#""bytes""#, varint(1 << 40), "bytes-left"),
        (#""string""#, varint(.max), "bytes-left"),
        (#""string""#, varint(.min), "length-negative"), (#""bytes""#, varint(-1), "length-negative"),
        (list, [UInt8](repeating: 2, count: 1 << 20), "depth-max"),
        (nested, [UInt8](repeating: 2, count: 1 << 20), "depth-max"), (#""boolean""#, [2], "boolean"), (#""string""#, [2, 0xFF], "utf8"),
        (#""int""#, [0], ""),
        (#""int""#, [0, 0], "trailing-bytes"), (#""long""#, [UInt8](repeating: 0xFF, count: 10), "varint-length"),
        (#""int""#, [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "varint-range"),
        (#"{"type":"array","items":"int"}"#, [1, 4, 2, 0], "block-size"),
        (#"{"type":"fixed","name":"F","size":2147483647}"#, [1], "end-of-input"),
        (#"["null"]"#, [2], "branch-unknown"), (#"[]"#, [0], "branch-unknown"),
        (#"{"type":"enum","name":"E","symbols":[]}"#, [0], "branch-unknown"),
    ]

    @Test(.timeLimit(.minutes(4)), arguments: cases.indices) func refusedByName(index: Int) throws {
        let (text, bytes, code) = Self.cases[index]
        let schema = try Schema(parsing: text)
        func found(_ body: () throws -> Void) -> String {
            do { try body() } catch { return (error as? AvroError)?.code.name ?? "\(error)" }
            return ""
        }
        #expect(found { _ = try GenericCoder(schema).decode(bytes) } == code)
        #expect(found { _ = try AvroToJSON(schema).json(bytes) } == code)
        #expect(found { _ = try AvroToJSON(schema, form: .tagged).json(bytes) } == code)
        #expect(found { _ = try Resolution(writer: schema, reader: schema).decode(bytes) } == code)
        // Another version: what is written is a branch of what is read.
        let other = schema.kind == .union ? schema : try Schema(parsing: "[\(text)]")
        #expect(found { _ = try Resolution(writer: schema, reader: other).decode(bytes) } == code)
        var out = AvroWriter()
        #expect(found { try Resolution(writer: schema, reader: other).rewrite(bytes.span.bytes, into: &out) } == code)
        #expect(out.isEmpty || code.isEmpty)
    }

    @Test func anArrayIsChargedForWhatItHolds() throws {
        let coder = GenericCoder(try Schema(parsing: #"{"type":"array","items":"int"}"#))
        // Blocks of one item each: the array doubles, and what it held before is charged until it is moved.
        let bytes: [UInt8] = (0..<1_024).flatMap { _ -> [UInt8] in [2, 0] } + [0]
        let stride = MemoryLayout<GenericValue>.stride
        #expect(try coder.decode(bytes, limits: DecodingLimits(memoryMax: 4 * 1_024 * stride + 4_096)).content != .null)
        #expect { try coder.decode(bytes, limits: DecodingLimits(memoryMax: 1_024 * stride)) } throws: {
            ($0 as? AvroError)?.code == .memoryMax
        }
        let once = Self.varint(1_024) + [UInt8](repeating: 0, count: 1_025)
        #expect(try coder.decode(once, limits: DecodingLimits(memoryMax: 1_024 * stride + 48)).content != .null)
        #expect { try coder.decode(once, limits: DecodingLimits(memoryMax: 1_024 * stride)) } throws: {
            ($0 as? AvroError)?.code == .memoryMax
        }
    }

    @Test func memoryIsCountedAndRefusedByName() throws {
        let schema = try Schema(parsing: #"{"type":"array","items":{"type":"record","name":"R","fields":[{"name":"n","type":"int"}]}}"#)
        let bytes = Self.varint(900_000) + [UInt8](repeating: 0, count: 900_000) + [0]
        #expect(try GenericCoder(schema).decode(bytes, limits: DecodingLimits()).content != .null)
        #expect { try GenericCoder(schema).decode(bytes, limits: DecodingLimits(memoryMax: 10_000_000)) } throws: {
            ($0 as? AvroError)?.code == .memoryMax
        }
        #expect { try AvroToJSON(schema, limits: DecodingLimits(memoryMax: 10_000)).json(bytes) } throws: {
            ($0 as? AvroError)?.code == .memoryMax
        }
        let strings = try Schema(parsing: #"{"type":"array","items":"string"}"#)
        let texts = Self.varint(1) + Self.varint(100_000) + [UInt8](repeating: 65, count: 100_000) + [0]
        #expect { try GenericCoder(strings).decode(texts, limits: DecodingLimits(memoryMax: 90_000)) } throws: {
            ($0 as? AvroError)?.code == .memoryMax
        }
    }

    @Test func itemsAndBlocksAreCounted() throws {
        let ints = try Schema(parsing: #"{"type":"array","items":"int"}"#)
        let bytes: [UInt8] = (0..<100).flatMap { _ -> [UInt8] in Self.varint(2) + [0, 0] } + [0]
        #expect(try GenericCoder(ints).decode(bytes).content != .null)
        #expect { try GenericCoder(ints).decode(bytes, limits: DecodingLimits(itemsMax: 199)) } throws: {
            ($0 as? AvroError)?.code == .itemsMax
        }
        #expect { try GenericCoder(ints).decode(bytes, limits: DecodingLimits(blocksMax: 99)) } throws: {
            ($0 as? AvroError)?.code == .blocksMax
        }
    }

    @Test func theFieldIsNamed() throws {
        let schema = try Schema(
            parsing:
                #"{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":{"type":"record","name":"S","fields":[{"name":"c","type":"boolean"}]}}]}"#
        )
        #expect { try GenericCoder(schema).decode([2, 7]) } throws: {
            ($0 as? AvroError)?.place == "b.c" && ($0 as? AvroError)?.offset == 1
        }
    }

    @Test func valuesThatDoNotFitAreNotWritten() throws {
        let coder = GenericCoder(
            try Schema(parsing: #"["null",{"type":"fixed","name":"F","size":2},{"type":"enum","name":"E","symbols":["A"]}]"#))
        for value in [
            GenericValue(.null), .union(3, .null), .union(-5, .null), .union(1, .fixed([1])), .union(2, .symbol(1)), .union(2, .symbol(-1)),
            .union(0, .int(1)),
        ] {
            var out = AvroWriter()
            out.writeByte(7)
            do throws(AvroError) {
                try coder.encode(value, into: &out)
                Issue.record("written: \(value)")
            } catch { #expect(out.bytes == [7]) }
        }
        #expect(try coder.encode(.union(1, .fixed([1, 2]))) == [2, 1, 2])
    }
}
