import Avro
import FoundationEssentials
import Testing

/// Types that tell their properties in another way than the schema has its fields.
@Suite("Codable in any order")
struct EncodingOrderTests {
    static let text = #"""
        {"type":"record","name":"R","fields":[{"name":"a","type":"string"},{"name":"b","type":["null","long"],"default":null},{"name":"c","type":"int","default":9},
         {"name":"d","type":{"type":"array","items":"int"}},{"name":"e","type":{"type":"map","values":["null","string"]},"default":{}},
         {"name":"f","type":["null",{"type":"record","name":"S","fields":[{"name":"x","type":"double"},{"name":"y","type":"string","default":"!"}]}],"default":null}]}
        """#

    private func json(_ value: some Encodable) throws -> String {
        let schema = try Schema(parsing: Self.text)
        return String(decoding: try AvroToJSON(schema).json(AvroEncoder(schema).encode(value)), as: UTF8.self)
    }

    struct Part: Codable, Equatable {
        var x: Double
        var y: String?
    }

    struct Straight: Codable, Equatable {
        var a: String
        var b: Int?
        var c: Int
        var d: [Int]
        var e: [String: String?]
        var f: Part?
    }

    struct Reversed: Encodable {
        var f: Part?
        var e: [String: String?] = [:]
        var d: [Int]
        var c: Int8?
        var b: UInt?
        var a: String
    }

    struct Gaps: Encodable {
        var a = "α"
        var d: [Int]
    }

    @Test("fields come in the schema's order, whatever the type's; what is missing has its default")
    func orders() throws {
        let full = #"{"a":"α","b":7,"c":-1,"d":[1,2],"e":{"k":null},"f":{"x":0.5,"y":"!"}}"#
        #expect(try json(Straight(a: "α", b: 7, c: -1, d: [1, 2], e: ["k": nil], f: Part(x: 0.5))) == full)
        #expect(try json(Reversed(f: Part(x: 0.5), e: ["k": nil], d: [1, 2], c: -1, b: 7, a: "α")) == full)
        #expect(try json(Reversed(d: [], a: "")) == #"{"a":"","b":null,"c":9,"d":[],"e":{},"f":null}"#)
        #expect(try json(Gaps(d: [3])) == #"{"a":"α","b":null,"c":9,"d":[3],"e":{},"f":null}"#)
    }

    @Test("blocks of more than 63 items have a longer count", arguments: [0, 1, 63, 64, 65, 8_191, 8_192, 70_000])
    func longBlocks(count: Int) throws {
        let schema = try Schema(parsing: Self.text)
        let entries = Dictionary(uniqueKeysWithValues: (0..<min(count, 9_000)).map { ("k\($0)", $0 % 2 == 0 ? "v" : nil) })
        let value = Straight(a: "", b: nil, c: 1, d: Array(0..<count), e: entries, f: Part(x: 1, y: "z"))
        let bytes = try AvroEncoder(schema).encode(value)
        #expect(try AvroDecoder(schema).decode(Straight.self, from: bytes) == value)
        #expect(try GenericCoder(schema).encode(GenericCoder(schema).decode(bytes)) == bytes)
    }

    /// Fills its containers by hand, the nested ones last.
    struct ByHand: Encodable {
        enum Key: String, CodingKey { case a, b, c, d, e, f }
        enum PartKey: String, CodingKey { case x, y }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            var part = container.nestedContainer(keyedBy: PartKey.self, forKey: .f)
            var items = container.nestedUnkeyedContainer(forKey: .d)
            try container.encode(3, forKey: .c)
            try container.encode("hand", forKey: .a)
            try items.encode(5)
            try part.encode("late", forKey: .y)
            try part.encode(2.5, forKey: .x)
            try items.encode(6)
            try container.encodeNil(forKey: .b)
        }
    }

    struct Rows: Encodable {
        func encode(to encoder: any Encoder) throws {
            var rows = encoder.unkeyedContainer()
            try rows.encode([1])
            var middle = rows.nestedUnkeyedContainer()
            try rows.encode([4, 5])
            try middle.encode(2)
            try middle.encode(3)
            var maps = rows.nestedUnkeyedContainer()
            try maps.encode(6)
        }
    }

    @Test("containers that are filled in later stand where they were asked for")
    func nested() throws {
        #expect(try json(ByHand()) == #"{"a":"hand","b":null,"c":3,"d":[5,6],"e":{},"f":{"x":2.5,"y":"late"}}"#)
        let schema = try Schema(parsing: #"{"type":"array","items":{"type":"array","items":"int"}}"#)
        let rows = try AvroToJSON(schema).json(AvroEncoder(schema).encode(Rows()))
        #expect(String(decoding: rows, as: UTF8.self) == "[[1],[2,3],[4,5],[6]]")
    }

    @Test("what is refused leaves the output as it was")
    func refused() throws {
        struct Twice: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: ByHand.Key.self)
                try container.encode("1", forKey: .a)
                try container.encode("2", forKey: .a)
            }
        }
        struct Unknown: Encodable {
            var a = "a"
            var z = 1
        }
        struct Wrong: Encodable {
            var a = "a"
            var d = ["no number"]
        }
        let encoder = AvroEncoder(try Schema(parsing: Self.text))
        var out = AvroWriter()
        out.writeByte(7)
        for value in [Twice(), Unknown(), Wrong(), Gaps?.none, [1]] as [any Encodable] {
            #expect(throws: AvroError.self, "\(value)") { try encoder.encode(value, into: &out) }
            #expect(out.bytes == [7])
        }
    }

    @Test("a map of many entries is looked up by key, not searched; of one key twice the last counts")
    func largeMaps() throws {
        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        struct Sum: Decodable {
            var total = 0
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Key.self)
                for key in container.allKeys { total += try container.decode(Int.self, forKey: key) }
            }
        }
        var out = AvroWriter()
        let schema = try Schema(parsing: #"{"type":"map","values":"int"}"#)
        out.writeLong(20_001)
        for index in 0..<20_000 {
            out.writeString(String(index))
            out.writeInt(1)
        }
        out.writeString("0")
        out.writeInt(3)
        out.writeByte(0)
        #expect(try AvroDecoder(schema).decode(Sum.self, from: out.bytes).total == 19_999 + 2 * 3)
    }
}
