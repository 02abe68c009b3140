import Avro
import Testing

/// Types that use their encoder in ways that are seldom or wrong: never a datum that does not read back.
@Suite("Codable used wrongly")
struct EncodingMisuseTests {
    static let text = #"""
        {"type":"record","name":"R","fields":[{"name":"a","type":"string","default":"?"},{"name":"b","type":["null","long"],"default":null},
         {"name":"m","type":["null",{"type":"map","values":["null","string"]}],"default":null},{"name":"n","type":{"type":"map","values":"string"},"default":{}},
         {"name":"i","type":{"type":"array","items":"int"},"default":[]}]}
        """#

    enum Key: String, CodingKey { case a, b, m, n, i, z }

    /// A value that encodes itself by a closure.
    struct Told: Encodable {
        let tell: (any Encoder) throws -> Void
        func encode(to encoder: any Encoder) throws { try tell(encoder) }
    }

    private func json(_ tell: @escaping (any Encoder) throws -> Void) throws -> String {
        let schema = try Schema(parsing: Self.text)
        let bytes = try AvroEncoder(schema).encode(Told(tell: tell))
        return String(decoding: try AvroToJSON(schema).json(bytes), as: UTF8.self)
    }

    private func refusal(_ tell: @escaping (any Encoder) throws -> Void) throws -> String? {
        do { _ = try json(tell) } catch let error as AvroError { return error.detail }
        return nil
    }

    @Test("maps of text go where maps are, with a union around them or their values")
    func maps() throws {
        let found = try json { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(["k": "v"], forKey: .m)
            try container.encode([String: String](), forKey: .n)
        }
        #expect(found == #"{"a":"?","b":null,"m":{"k":"v"},"n":{},"i":[]}"#)
        let many = Dictionary(uniqueKeysWithValues: (0..<100).map { ("k\($0)", "v\($0)") })
        let encoder = AvroEncoder(try Schema(parsing: #"{"type":"map","values":"string"}"#))
        #expect(try AvroDecoder(encoder.schema).decode([String: String].self, from: encoder.encode(many)) == many)
        #expect(throws: AvroError.self) { try AvroEncoder(Schema(parsing: #"{"type":"map","values":"int"}"#)).encode(["k": "v"]) }
    }

    @Test("a part that failed and was let go leaves nothing behind")
    func failedParts() throws {
        let found = try json { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try container.encode("x", forKey: .a)
            try? container.encode([1, 70_000_000_000], forKey: .i)
            try? container.encode("no number", forKey: .b)
            try container.encode(7, forKey: .b)
        }
        #expect(found == #"{"a":"x","b":7,"m":null,"n":{},"i":[]}"#)
    }

    @Test("a field twice is refused, in order and out of it")
    func twice() throws {
        for keys in [[Key.a, .a], [.b, .a, .b], [.i, .a, .i]] {
            let detail = try refusal { encoder in
                var container = encoder.container(keyedBy: Key.self)
                for key in keys {
                    if key == .i {
                        var items = container.nestedUnkeyedContainer(forKey: key)
                        try items.encode(1)
                    } else if key == .b {
                        try container.encode(1, forKey: key)
                    } else {
                        try container.encode("1", forKey: key)
                    }
                }
            }
            #expect(detail?.contains("written twice") == true, "\(keys)")
        }
        let unknown = try refusal { encoder in
            var container = encoder.container(keyedBy: Key.self)
            _ = container.nestedUnkeyedContainer(forKey: .z)
        }
        #expect(unknown?.contains("no field z") == true)
    }

    @Test("a container or encoder whose value is over is refused")
    func stale() throws {
        let kept = Kept()
        let detail = try refusal { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(
                [
                    Told { encoder in
                        kept.encoder = encoder
                        var single = encoder.singleValueContainer()
                        try single.encode(1)
                    }
                ], forKey: .i)
            var single = try #require(kept.encoder).singleValueContainer()
            try single.encode(2)
        }
        #expect(detail?.isEmpty == false)
        var container = try #require(kept.encoder).container(keyedBy: Key.self)
        try container.encode("into nothing", forKey: .a)
        var single = try #require(kept.encoder).singleValueContainer()
        #expect(throws: AvroError.self) { try single.encode(3) }
    }

    @Test("one value in two kinds of container is refused")
    func mixed() throws {
        let detail = try refusal { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try container.encode("x", forKey: .a)
            var items = encoder.unkeyedContainer()
            try items.encode(1)
        }
        #expect(detail?.contains("several kinds") == true)
        #expect(
            try refusal { encoder in
                var single = encoder.singleValueContainer()
                try single.encode(["a": "x"])
                try single.encode(["a": "y"])
            } != nil)
    }

    @Test("a field in its place and once more as a container that is filled in later is refused")
    func laterTwice() throws {
        let detail = try refusal { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try container.encode("x", forKey: .a)
            try container.encode(1, forKey: .b)
            try container.encodeNil(forKey: .m)
            try container.encode([String: String](), forKey: .n)
            try container.encode([1], forKey: .i)
            _ = container.nestedUnkeyedContainer(forKey: .i)
        }
        #expect(detail?.contains("written twice") == true)
    }

    @Test("a property that is nil is null only where the schema has it, else the default")
    func absentArrayOfNulls() throws {
        struct Absent: Encodable { var a: [Int?]? }
        func encoder(_ rest: String) throws -> AvroEncoder {
            let field = #"{"name":"a","type":{"type":"array","items":"null"}\#(rest)}"#
            return AvroEncoder(try Schema(parsing: #"{"type":"record","name":"R","fields":[\#(field)]}"#))
        }
        #expect { try encoder("").encode(Absent()) } throws: { ($0 as? AvroError)?.place == "a" }
        #expect(try encoder(#","default":[null,null]"#).encode(Absent()) == [4, 0])
    }

    /// A list as a value in a value.
    indirect enum Chain: Encodable {
        case end
        case link(Chain)

        enum Key: String, CodingKey { case next }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            if case .link(let next) = self { try container.encode(next, forKey: .next) } else { try container.encodeNil(forKey: .next) }
        }
    }

    @Test("values nested deeper than a decoder takes are refused, whether written straight or collected")
    func depth() throws {
        for next in [#"["null","L"]"#, #"["null","string","L"]"#] {
            let schema = try Schema(parsing: #"{"type":"record","name":"L","fields":[{"name":"next","type":\#(next)}]}"#)
            for (depth, isTaken) in [(1, true), (63, true), (64, false), (1_000, false)] {
                let chain = (0..<depth).reduce(Chain.end) { chain, _ in .link(chain) }
                let encoder = AvroEncoder(schema)
                if isTaken {
                    #expect(try encoder.encode(chain).count == depth + 1, "\(depth)")
                } else {
                    #expect { try encoder.encode(chain) } throws: { ($0 as? AvroError)?.code == .depthMax }
                }
            }
        }
    }

    final class Kept { var encoder: (any Encoder)? }
}
