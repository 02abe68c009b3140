import Avro
import Testing

@Suite struct PlainJSONTests {
    static let order = try? Schema(
        parsing: #"""
            {"type":"record","name":"org.example.Order","fields":[
             {"name":"id","type":"long"},{"name":"customer","type":"string"},{"name":"note","type":["null","string"],"default":null},
             {"name":"count","type":"int","default":1},{"name":"price","type":"double"},{"name":"paid","type":"boolean"},
             {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[{"name":"sku","type":"string"},{"name":"amount","type":"int"}]}}},
             {"name":"labels","type":{"type":"map","values":"string"},"default":{}}]}
            """#)

    func outcome(_ schema: Schema, _ json: String, form: JSONForm = .plain) -> Result<[UInt8], JSONRejection> {
        do throws(JSONRejection) { return .success(try JSONToAvro(schema, form: form).encode(json)) } catch { return .failure(error) }
    }

    func faults(_ schema: Schema, _ json: String, form: JSONForm = .plain) -> [String]? {
        guard case .failure(.unfit(let faults)) = outcome(schema, json, form: form) else { return nil }
        return faults.map(\.description)
    }

    func back(_ schema: Schema, _ json: String, form: JSONForm = .plain) throws -> String {
        let bytes = try JSONToAvro(schema, form: form).encode(json)
        return String(decoding: try AvroToJSON(schema, form: form).json(bytes), as: UTF8.self)
    }

    @Test func fieldsInAnyOrderGiveTheSameBytes() throws {
        let schema = try #require(Self.order)
        let straight =
            #"{"id":7,"customer":"Ann","note":"x","count":3,"price":9.5,"paid":true,"lines":[{"sku":"a","amount":2}],"labels":{"k":"v"}}"#
        let mixed =
            #" { "labels" : {"k":"v"}, "lines":[ {"amount":2,"sku":"a"} ],"paid":true, "price":95e-1,"count":3,"note":"x","customer":"Ann","id":7 } "#
        let expected: [UInt8] =
            [14, 6] + Array("Ann".utf8) + [2, 2] + Array("x".utf8) + [6] + withUnsafeBytes(of: 9.5.bitPattern.littleEndian) { Array($0) }
            + [1]
            + [2, 2] + Array("a".utf8) + [4, 0, 2, 2] + Array("k".utf8) + [2] + Array("v".utf8) + [0]
        #expect(try JSONToAvro(schema).encode(straight) == expected)
        #expect(try JSONToAvro(schema).encode(mixed) == expected)
        #expect(try back(schema, mixed) == straight)
    }

    @Test func defaultsAreFilledIn() throws {
        let schema = try #require(Self.order)
        #expect(
            try back(schema, #"{"id":7,"customer":"A","price":1,"paid":false,"lines":[]}"#)
                == #"{"id":7,"customer":"A","note":null,"count":1,"price":1.0,"paid":false,"lines":[],"labels":{}}"#)
    }

    @Test func allFaultsComeAtOnceWithTheirPointers() throws {
        let schema = try #require(Self.order)
        let json =
            #"{"id":"7","customer":5,"count":2147483648,"price":null,"lines":[{"sku":"a","amount":1.5},{"sku":"a"},[]],"labels":{"a/b":1},"more":[1,{}]}"#
        let found = try #require(faults(schema, json))
        #expect(
            found == [
                "/id: expected a long, found a string", "/customer: expected a string, found a number",
                "/more: is not a field of org.example.Order",
                "/count: 2147483648 is out of the range of an int", "/price: expected a double, found null", "/paid: is missing",
                "/lines/0/amount: 1.5 is not an integer", "/lines/1/amount: is missing", "/lines/2: expected an object, found an array",
                "/labels/a~1b: expected a string, found a number",
            ])
    }

    @Test func repeatedMembersAreFaults() throws {
        let schema = try #require(Self.order)
        let found = try #require(
            faults(schema, #"{"id":1,"id":2,"customer":"a","price":1,"paid":true,"lines":[],"paid":false,"labels":{"a":"x","a":"y"}}"#))
        #expect(found == ["/id: is given twice", "/paid: is given twice", "/labels/a: is given twice"])
    }

    @Test(arguments: [
        "", "{", "{\"id\":1,}", "{\"id\":01}", "{\"id\":1.}", "{\"id\":-}", "[1,]", "nul", "{\"id\":1} x", "{\"customer\":\"\u{1}\"}",
        #"{"customer":"\x"}"#,
        #"{"customer":"\ud800"}"#, #"{"customer":"\udc00"}"#, #"{"a":{"b":tru}}"#, #"{"a":"b"#, "{\"id\" 1}", "{id:1}",
        String(repeating: "[", count: 100_000), String(repeating: #"{"lines":["#, count: 1_000),
    ])
    func brokenJSONIsToldApart(json: String) throws {
        let schema = try #require(Self.order)
        guard case .failure(let rejection) = outcome(schema, json) else { return #expect(Bool(false), "taken") }
        #expect(rejection.isMalformed)
    }

    @Test func invalidUTF8IsBrokenJSON() throws {
        let schema = Schema(.string)
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] {
            #expect { try JSONToAvro(schema).encode([34] + bytes + [34]) } throws: { ($0 as? JSONRejection)?.isMalformed == true }
            #expect { try JSONToAvro(schema).encode([34] + Array("twelve bytes".utf8) + bytes + [34]) } throws: {
                ($0 as? JSONRejection)?.isMalformed == true
            }
            #expect { try JSONToAvro(schema).encode([34, 92, 110] + bytes + [34]) } throws: { ($0 as? JSONRejection)?.isMalformed == true }
        }
    }

    @Test func escapesAndSurrogates() throws {
        let json = #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 é😀""#
        let text = "\"\\/\u{8}\u{c}\n\r\té😀 é😀"
        #expect(try JSONToAvro(Schema(.string)).encode(json) == [UInt8(text.utf8.count * 2)] + Array(text.utf8))
        #expect(try back(Schema(.string), json) == #""\"\\/\b\f\n\r\té😀 é😀""#)
    }

    @Test(arguments: [
        "0", "-0.0", "1", "0.1", "1e22", "123456789012345678", "1.7976931348623157e308", "5e-324", "2.2250738585072011e-308",
        "9007199254740993", "0.3",
        "179769313486231580793728971405301e276", "1e-400",
    ])
    func doublesAreExact(text: String) throws {
        let bytes = try JSONToAvro(Schema(.double)).encode(text)
        let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        #expect(bits == Double(text)?.bitPattern)
    }

    @Test func numbersAtTheirEdges() throws {
        #expect(try back(Schema(.long), "-9223372036854775808") == "-9223372036854775808")
        #expect(try back(Schema(.long), "9223372036854775807") == "9223372036854775807")
        #expect(try back(Schema(.long), "1e3") == "1000")
        #expect(try back(Schema(.int), "-2147483648") == "-2147483648")
        #expect(faults(Schema(.long), "9223372036854775808") == ["9223372036854775808 is out of the range of a long"])
        #expect(faults(Schema(.int), "-2147483649") == ["-2147483649 is out of the range of an int"])
        #expect(faults(Schema(.double), "1e999") == ["1e999 is out of the range of a double"])
        #expect(faults(Schema(.float), "1e39") == ["1e39 is out of the range of a float"])
        #expect(try back(Schema(.double), #""-Infinity""#) == #""-Infinity""#)
        #expect(try back(Schema(.float), "0.1") == "0.1")
    }

    @Test(arguments: [
        (#"["null","string"]"#, "null", "null"), (#"["string","null"]"#, #""x""#, #""x""#),
        (#"["null","int","string","boolean"]"#, "true", "true"),
        (#"["null","double","long"]"#, "5", "5"), (#"["null","double","long"]"#, "5.5", "5.5"),
        (#"["int","long"]"#, "4294967296", "4294967296"),
        (#"["null",{"type":"array","items":"int"},{"type":"map","values":"int"}]"#, "[1,2]", "[1,2]"),
        (#"["null",{"type":"array","items":"int"},{"type":"map","values":"int"}]"#, #"{"a":1}"#, #"{"a":1}"#),
        (#"["string",{"type":"enum","name":"E","symbols":["A","B"]}]"#, #""B""#, #""B""#),
        (#"["bytes","string"]"#, #""AAEC""#, #""AAEC""#),
    ])
    func unionsTakeTheBranchOfTheValue(schema: String, json: String, expected: String) throws {
        #expect(try back(Schema(parsing: schema), json) == expected)
    }

    @Test func recordsInUnionsByFit() throws {
        let schema = try Schema(
            parsing: #"""
                [{"type":"record","name":"A","fields":[{"name":"x","type":"int"},{"name":"z","type":"int","default":0}]},
                 {"type":"record","name":"B","fields":[{"name":"x","type":"string"}]},{"type":"record","name":"C","fields":[{"name":"y","type":"int"}]},"null"]
                """#)
        let encoder = JSONToAvro(schema)
        #expect(try encoder.encode(#"{"x":1}"#) == [0, 2, 0])
        #expect(try encoder.encode(#"{"x":"1"}"#) == [2, 2, 49])
        #expect(try encoder.encode(#"{"y":1}"#) == [4, 2])
        #expect(faults(schema, #"{"q":1}"#) == ["expected one of A, B, C, null, found an object"])
        #expect(faults(schema, "5") == ["expected one of A, B, C, null, found a number"])
    }

    @Test func nestedUnionsOfRecordsDoNotMultiplyTheWork() throws {
        let schema = try Schema(
            parsing: #"""
                {"type":"record","name":"A","fields":[{"name":"next","type":["null","A",{"type":"record","name":"B","fields":[{"name":"next","type":["null","A","B"]}]}]},
                 {"name":"end","type":"int","default":0}]}
                """#)
        let depth = 60
        let json = String(repeating: #"{"next":"#, count: depth) + #"{"next":null,"end":"# + "\"x\"}" + String(repeating: "}", count: depth)
        #expect(faults(schema, json)?.count == 1)
    }

    @Test func defaultsCannotMakeTheResultUnbounded() throws {
        let filler = String(repeating: "x", count: 100_000)
        let schema = try Schema(
            parsing:
                #"{"type":"array","items":{"type":"record","name":"R","fields":[{"name":"a","type":"string","default":"\#(filler)"}]}}"#)
        let json = "[" + repeatElement("{}", count: 20_000).joined(separator: ",") + "]"
        guard case .failure(let rejection) = outcome(schema, json) else { return #expect(Bool(false), "taken") }
        #expect(rejection.description.contains("bytesMax"))
    }
}
