import Avro
import Testing

@Suite struct ResolutionTests {
    /// Writer, reader, the writer's plain JSON, the reader's; nil where it cannot be read.
    static let cases: [(String, String, String, String?)] = [
        (#""int""#, #""long""#, "7", "7"), (#""int""#, #""float""#, "7", "7.0"), (#""int""#, #""double""#, "-7", "-7.0"),
        (#""long""#, #""float""#, "7", "7.0"),
        (#""long""#, #""double""#, "7", "7.0"), (#""float""#, #""double""#, "0.5", "0.5"),
        (#""string""#, #""bytes""#, #""AAA""#, #""QUFB""#),
        (#""bytes""#, #""string""#, #""QUFB""#, #""AAA""#), (#""long""#, #""int""#, "7", nil), (#""double""#, #""float""#, "7", nil),
        (#""int""#, #""string""#, "7", nil),
        (#"["null","int"]"#, #"["null","long"]"#, "5", "5"), (#"["null","int"]"#, #"["string","null","double"]"#, "5", "5.0"),
        (#""int""#, #"["null","long"]"#, "5", "5"),
        (#"["int","string"]"#, #""string""#, #""x""#, #""x""#), (#"["int","string"]"#, #""string""#, "5", nil),
        (#"["null","int"]"#, #""int""#, "null", nil),
        (#"{"type":"array","items":"int"}"#, #"{"type":"array","items":"double"}"#, "[1,2]", "[1.0,2.0]"),
        (#"{"type":"map","values":"int"}"#, #"{"type":"map","values":["null","long"]}"#, #"{"a":1}"#, #"{"a":1}"#),
        (
            #"{"type":"enum","name":"E","symbols":["A","B","C"]}"#, #"{"type":"enum","name":"E","symbols":["C","X"],"default":"X"}"#,
            #""A""#, #""X""#
        ),
        (
            #"{"type":"enum","name":"E","symbols":["A","B","C"]}"#, #"{"type":"enum","name":"E","symbols":["C","X"],"default":"X"}"#,
            #""C""#, #""C""#
        ),
        (#"{"type":"enum","name":"E","symbols":["A","B"]}"#, #"{"type":"enum","name":"E","symbols":["A"]}"#, #""B""#, nil),
        (#"{"type":"enum","name":"E","symbols":["A"]}"#, #"{"type":"enum","name":"F","symbols":["A"]}"#, #""A""#, nil),
        (#"{"type":"enum","name":"E","symbols":["A"]}"#, #"{"type":"enum","name":"F","aliases":["E"],"symbols":["A"]}"#, #""A""#, #""A""#),
        (#"{"type":"enum","name":"a.E","symbols":["A"]}"#, #"{"type":"enum","name":"b.E","symbols":["A"]}"#, #""A""#, #""A""#),
        (#"{"type":"fixed","name":"F","size":2}"#, #"{"type":"fixed","name":"F","size":3}"#, #""AAA=""#, nil),
        (
            record(#"{"name":"a","type":"int"},{"name":"b","type":"string"}"#),
            record(#"{"name":"b","type":"string"},{"name":"a","type":"long"}"#), #"{"a":1,"b":"x"}"#, #"{"b":"x","a":1}"#
        ),
        (
            record(#"{"name":"a","type":"int"},{"name":"b","type":"string"}"#), record(#"{"name":"b","type":"string"}"#),
            #"{"a":1,"b":"x"}"#, #"{"b":"x"}"#
        ),
        (
            record(#"{"name":"a","type":"int"}"#),
            record(
                #"{"name":"z","type":"string","default":"d"},{"name":"a","type":"int"},{"name":"y","type":["null","int"],"default":null}"#),
            #"{"a":1}"#, #"{"z":"d","a":1,"y":null}"#
        ),
        (record(#"{"name":"a","type":"int"}"#), record(#"{"name":"b","type":"int"}"#), #"{"a":1}"#, nil),
        (record(#"{"name":"a","type":"int"}"#), record(#"{"name":"b","aliases":["a"],"type":"double"}"#), #"{"a":1}"#, #"{"b":1.0}"#),
        (
            record(#"{"name":"a","type":["null","R"],"default":null},{"name":"n","type":"int"}"#),
            record(#"{"name":"n","type":"long"},{"name":"a","type":["null","R"],"default":null}"#),
            #"{"a":{"a":null,"n":2},"n":1}"#, #"{"n":1,"a":{"n":2,"a":null}}"#
        ),
        (
            #"["null",{"type":"record","name":"A","fields":[]},{"type":"record","name":"B","fields":[{"name":"x","type":"int"}]}]"#,
            #"[{"type":"record","name":"B","fields":[{"name":"x","type":"long"},{"name":"y","type":"int","default":3}]},{"type":"record","name":"A","fields":[]},"null"]"#,
            #"{"x":1}"#, #"{"x":1,"y":3}"#
        ),
    ]

    static func record(_ fields: String) -> String { #"{"type":"record","name":"R","fields":[\#(fields)]}"# }

    @Test(arguments: cases.indices) func pairs(index: Int) throws {
        let (writerText, readerText, json, expected) = Self.cases[index]
        let writer = try Schema(parsing: writerText)
        let reader = try Schema(parsing: readerText)
        let bytes = try JSONToAvro(writer).encode(json)
        guard let expected else {
            #expect(throws: AvroError.self) { try Resolution(writer: writer, reader: reader).decode(bytes) }
            #expect(throws: AvroError.self) { try Resolution(writer: writer, reader: reader).rewrite(bytes) }
            return
        }
        let value = try Resolution(writer: writer, reader: reader).decode(bytes)
        let encoded = try GenericCoder(reader).encode(value)
        #expect(String(decoding: try AvroToJSON(reader).json(encoded), as: UTF8.self) == expected)
        #expect(try Resolution(writer: writer, reader: reader).rewrite(bytes) == encoded)
    }

    @Test func compatibilityGivesEveryReason() throws {
        let writer = try Schema(
            parsing: Self.record(
                #"{"name":"a","type":"int"},{"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},{"name":"u","type":["null","string"]},{"name":"l","type":{"type":"array","items":"long"}}"#
            ))
        let reader = try Schema(
            parsing: Self.record(
                #"{"name":"a","type":"string"},{"name":"e","type":{"type":"enum","name":"E","symbols":["A"]}},{"name":"u","type":"string"},{"name":"l","type":{"type":"array","items":"int"}},{"name":"n","type":"int"}"#
            ))
        let found = Set(Compatibility.reasons(reader: reader, writer: writer).map { "\($0.kind) \($0.place)" })
        #expect(found == ["typeMismatch a", "symbolsMissing e", "branchMissing u", "typeMismatch l[]", "fieldWithoutDefault n"])
        #expect(Compatibility.reasons(reader: writer, writer: writer).isEmpty)
    }

    @Test func levelsLookWhereTheyShould() throws {
        let first = try Schema(parsing: Self.record(#"{"name":"a","type":"int"}"#))
        let second = try Schema(parsing: Self.record(#"{"name":"a","type":"int"},{"name":"b","type":"int","default":0}"#))
        let third = try Schema(parsing: Self.record(#"{"name":"a","type":"int"},{"name":"b","type":"int"}"#))
        func isAllowed(_ new: Schema, _ before: [Schema], _ level: Compatibility.Level) -> Bool {
            Compatibility.reasons(new, after: before, level: level).isEmpty
        }
        #expect(isAllowed(second, [first], .full))
        #expect(isAllowed(third, [first, second], .backward) && !isAllowed(third, [first, second], .backwardTransitive))
        #expect(isAllowed(third, [first], .forward) && !isAllowed(third, [first], .backward) && isAllowed(third, [first], .none))
        #expect(!isAllowed(first, [third], .forward) && isAllowed(first, [third], .backward))
    }

    @Test func aCacheCompilesOnce() throws {
        let cache = ResolutionCache(countMax: 2)
        let writer = Schema(.int)
        let reader = Schema(.long)
        #expect(try cache.resolution(writer: writer, reader: reader) === cache.resolution(writer: writer, reader: reader))
        for _ in 0..<5 { _ = try cache.resolution(writer: Schema(.int), reader: reader) }
        #expect(try cache.resolution(writer: writer, reader: reader).decode([14]).content == .long(7))
    }
}
