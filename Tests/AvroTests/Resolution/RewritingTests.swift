import Avro
import Testing

@Suite("Rewriting from a writer's schema to a reader's")
struct RewritingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var writer: String
        var reader: String
        /// The datum in the writer's JSON, and what it is in the reader's.
        var data: [(String, String)]
        var testDescription: String { "\(writer) → \(reader)" }
    }

    static func record(_ fields: String, name: String = "R") -> String { #"{"type":"record","name":"\#(name)","fields":[\#(fields)]}"# }

    static let cases: [Case] = [
        Case(writer: #""int""#, reader: #""long""#, data: [("-7", "-7")]),
        Case(writer: #""int""#, reader: #""double""#, data: [("7", "7.0")]),
        Case(writer: #""long""#, reader: #""float""#, data: [("3", "3.0")]),
        Case(writer: #""float""#, reader: #""double""#, data: [("0.5", "0.5")]),
        Case(writer: #""string""#, reader: #""bytes""#, data: [(#""hé""#, #""aMOp""#)]),
        Case(writer: #""bytes""#, reader: #""string""#, data: [(#""aMOp""#, #""hé""#)]),
        Case(writer: #""int""#, reader: #"["null","long"]"#, data: [("5", "5")]),
        Case(writer: #"["null","int"]"#, reader: #"["string","long","null"]"#, data: [("5", "5"), ("null", "null")]),
        Case(writer: #"["int","string"]"#, reader: #""string""#, data: [(#""x""#, #""x""#)]),
        Case(
            writer: #"{"type":"enum","name":"E","symbols":["A","B","C"]}"#,
            reader: #"{"type":"enum","name":"E","symbols":["C","X","A"],"default":"X"}"#,
            data: [(#""A""#, #""A""#), (#""B""#, #""X""#), (#""C""#, #""C""#)]),
        Case(
            writer: record(#"{"name":"a","type":"int"},{"name":"b","type":"string"},{"name":"c","type":"boolean"}"#),
            reader: record(#"{"name":"a","type":"long"},{"name":"n","type":"string","default":"new"},{"name":"c","type":"boolean"}"#),
            data: [(#"{"a":1,"b":"x","c":true}"#, #"{"a":1,"n":"new","c":true}"#)]),
        Case(
            writer: record(#"{"name":"a","type":"int"},{"name":"b","type":"string"},{"name":"c","type":"double"}"#),
            reader: record(
                #"{"name":"c","type":"double"},{"name":"z","type":"int","default":9},{"name":"bb","aliases":["b"],"type":"string"}"#),
            data: [(#"{"a":1,"b":"x","c":0.5}"#, #"{"c":0.5,"z":9,"bb":"x"}"#)]),
        Case(
            writer: record(#"{"name":"xs","type":{"type":"array","items":"int"}},{"name":"m","type":{"type":"map","values":"float"}}"#),
            reader: record(#"{"name":"xs","type":{"type":"array","items":"long"}},{"name":"m","type":{"type":"map","values":"double"}}"#),
            data: [(#"{"xs":[1,2,3],"m":{"k":0.5}}"#, #"{"xs":[1,2,3],"m":{"k":0.5}}"#), (#"{"xs":[],"m":{}}"#, #"{"xs":[],"m":{}}"#)]),
        Case(
            writer: record(#"{"name":"v","type":"int"},{"name":"next","type":["null","R"]}"#),
            reader: record(#"{"name":"next","type":["null","R"]},{"name":"v","type":"long"}"#),
            data: [(#"{"v":1,"next":{"v":2,"next":{"v":3,"next":null}}}"#, #"{"next":{"next":{"next":null,"v":3},"v":2},"v":1}"#)]),
        Case(
            writer: record(
                #"{"name":"old","type":{"type":"record","name":"Deep","fields":[{"name":"x","type":{"type":"array","items":"string"}}]}},{"name":"k","type":"int"}"#
            ),
            reader: record(#"{"name":"k","type":"int"}"#), data: [(#"{"old":{"x":["a","b"]},"k":4}"#, #"{"k":4}"#)]),
        Case(
            writer: record(#"{"name":"a","type":"int"}"#, name: "Old"),
            reader: #"{"type":"record","name":"New","aliases":["Old"],"fields":[{"name":"a","type":"int"}]}"#,
            data: [(#"{"a":1}"#, #"{"a":1}"#)]),
        Case(
            writer: #"{"type":"fixed","name":"F","size":2}"#, reader: #"["null",{"type":"fixed","name":"F","size":2}]"#,
            data: [(#""AAE=""#, #""AAE=""#)]),
    ]

    @Test("every pair of the specification", arguments: cases)
    func resolves(_ pair: Case) throws {
        let writer = try Schema(parsing: pair.writer), reader = try Schema(parsing: pair.reader)
        let resolution = try Resolution(writer: writer, reader: reader)
        for (from, to) in pair.data {
            let written = try JSONToAvro(writer).encode(from)
            var out = AvroWriter()
            out.writeByte(42)
            try resolution.rewrite(written.span.bytes, into: &out)
            let result = out.bytes
            #expect(result[0] == 42)
            #expect(try String(decoding: AvroToJSON(reader).json(Array(result[1...])), as: UTF8.self) == to)
            // No prefix is taken, and what was appended before stays.
            for count in 0..<written.count {
                let prefix = Array(written[..<count])
                #expect(throws: AvroError.self) { try resolution.rewrite(prefix.span.bytes, into: &out) }
            }
            #expect(throws: AvroError.self) { try resolution.rewrite((written + [0]).span.bytes, into: &out) }
        }
    }

    @Test(
        "what cannot be read is refused when the pair is compiled, with the field's place",
        arguments: [
            (#""long""#, #""int""#, ""), (#""string""#, #""int""#, ""), (#"["null","string"]"#, #""int""#, ""),
            (record(#"{"name":"a","type":"int"}"#), record(#"{"name":"b","type":"int"}"#), "/b"),
            (record(#"{"name":"a","type":"string"}"#), record(#"{"name":"a","type":"int"}"#), "/a"),
            (record(#"{"name":"a","type":"int"}"#, name: "X"), record(#"{"name":"a","type":"int"}"#, name: "Y"), ""),
            (#"{"type":"fixed","name":"F","size":2}"#, #"{"type":"fixed","name":"F","size":3}"#, ""),
        ])
    func incompatible(_ writer: String, _ reader: String, _ place: String) throws {
        do throws(AvroError) {
            _ = try Resolution(writer: Schema(parsing: writer), reader: Schema(parsing: reader))
            Issue.record("compiled")
        } catch {
            #expect(error.code == .schemasIncompatible && error.place == place)
        }
    }

    @Test("a branch or symbol that the reader cannot take is refused when it comes")
    func lateRefusal() throws {
        let union = try Resolution(writer: Schema(parsing: #"["int","string"]"#), reader: Schema(parsing: #""string""#))
        var out = AvroWriter()
        do throws(AvroError) {
            try union.rewrite(([0, 2] as [UInt8]).span.bytes, into: &out)
            Issue.record("taken")
        } catch { #expect(error.code == .schemasIncompatible) }
        let left = out.bytes
        #expect(left.isEmpty)
        let symbols = try Resolution(
            writer: Schema(parsing: #"{"type":"enum","name":"E","symbols":["A","B"]}"#),
            reader: Schema(parsing: #"{"type":"enum","name":"E","symbols":["A"]}"#))
        #expect(throws: AvroError.self) { try symbols.rewrite(([2] as [UInt8]).span.bytes, into: &out) }
    }

    @Test("hostile bytes: limits hold in skipped, copied, nested and reordered places")
    func hostile() throws {
        let nested = #"{"type":"record","name":"R","fields":[{"name":"n","type":["null","R"]}]}"#
        let other = #"{"type":"record","name":"R","fields":[{"name":"n","type":["null","R"]},{"name":"x","type":"int","default":0}]}"#
        let deep = try Resolution(writer: Schema(parsing: nested), reader: Schema(parsing: other))
        var out = AvroWriter()
        let tower = [UInt8](repeating: 2, count: 1 << 20)
        do throws(AvroError) {
            try deep.rewrite(tower.span.bytes, into: &out)
            Issue.record("taken")
        } catch { #expect(error.code == .depthMax) }
        let nulls = try Resolution(
            writer: Schema(parsing: #"{"type":"array","items":"null"}"#),
            reader: Schema(parsing: #"{"type":"array","items":["null","int"]}"#))
        var many = AvroWriter()
        many.writeLong(1 << 31)
        do throws(AvroError) {
            try nulls.rewrite(many.span, into: &out)
            Issue.record("taken")
        } catch { #expect(error.code == .zeroSizeItemsMax) }
        let fat = String(repeating: "d", count: 4000)
        let presets = try Resolution(
            writer: Schema(parsing: #"{"type":"array","items":{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}}"#),
            reader: Schema(
                parsing:
                    #"{"type":"array","items":{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"d","type":"string","default":"\#(fat)"}]}}"#
            ))
        var items = AvroWriter()
        items.writeLong(100_000)
        for _ in 0..<100_000 { items.writeInt(1) }
        items.writeByte(0)
        do throws(AvroError) {
            try presets.rewrite(items.span, into: &out)
            Issue.record("taken")
        } catch { #expect(error.code == .memoryMax) }
    }
}
