import Avro
import Testing

@Suite struct SchemaFaultTests {
    @Test(arguments: [
        (#"{"type":"record","name":"R","fields":[{"name":"a","type":"Nope"}]}"#, "/fields/0/type"),
        (#"{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}"#, "/fields/1/name"),
        (#"{"type":"record","name":"R","fields":[{"name":"1","type":"int"}]}"#, "/fields/0/name"),
        (#"{"type":"record","name":"R","fields":[{"name":"a","type":"int","order":"up"}]}"#, "/fields/0/order"),
        (#"{"type":"record","name":"R","fields":[{"name":"a","type":"int","default":"x"}]}"#, "default of R.a"),
        (#"{"type":"record","name":"R","fields":[{"name":"a","type":"int","default":2147483648}]}"#, "default of R.a"),
        (#"{"type":"record","name":"R","fields":[{"name":"a","type":["int","null"],"default":"x"}]}"#, "default of R.a"),
        (#"{"type":"record","name":"R"}"#, ""), (#"{"type":"record","name":"int","fields":[]}"#, "/name"),
        (#"{"type":"record","name":"a..b","fields":[]}"#, "/name"), (#"{"type":"enum","name":"E","symbols":["A","A"]}"#, "/symbols/1"),
        (#"{"type":"enum","name":"E","symbols":["A"],"default":"B"}"#, "/default"),
        (#"{"type":"enum","name":"E","symbols":["a-b"]}"#, "/symbols/0"),
        (#"{"type":"fixed","name":"F","size":-1}"#, "/size"), (#"{"type":"fixed","name":"F"}"#, "/size"), (#"["int","int"]"#, "/1"),
        (#"["int",["null"]]"#, "/1"), (#"{"type":"array"}"#, ""), (#"{"type":"map","values":"record"}"#, "/values"), (#"7"#, ""),
        (#"{}"#, ""),
    ])
    func faultsNameThePlace(text: String, place: String) {
        #expect { try Schema(parsing: text) } throws: { ($0 as? AvroError)?.place == place }
    }

    @Test(arguments: [
        (#"{"type":"int""#, 13), (#"{"type":"int","type":"int"}"#, 14), (#"{"type":"map","values":"int"} x"#, 30), ("\"\u{1}\"", 1),
        ("", 0),
    ])
    func textThatIsNoJSONNamesTheByte(text: String, offset: Int) {
        #expect { try Schema(parsing: text) } throws: { ($0 as? AvroError)?.offset == offset && ($0 as? AvroError)?.code == .jsonSyntax }
    }

    @Test func depthIsBounded() {
        let deep = String(repeating: #"{"type":"array","items":"#, count: 5_000) + #""int""# + String(repeating: "}", count: 5_000)
        #expect(throws: AvroError.self) { try Schema(parsing: deep) }
        let brackets = String(repeating: "[", count: 900_000)
        #expect(throws: AvroError.self) { try Schema(parsing: brackets) }
    }

    @Test func endlessAndExplodingDefaultsAreRefused() {
        let endless = #"{"type":"record","name":"R","fields":[{"name":"r","type":"R","default":{}}]}"#
        #expect { try Schema(parsing: endless) } throws: { ($0 as? AvroError)?.code == .schemaLimit }
        var inner = #"{"type":"record","name":"R0","fields":[{"name":"a","type":"int","default":1}]}"#
        for level in 1...40 {
            inner =
                #"{"type":"record","name":"R\#(level)","fields":[{"name":"a","type":\#(inner),"default":{}},{"name":"b","type":"R\#(level - 1)","default":{}}]}"#
        }
        #expect { try Schema(parsing: inner) } throws: { ($0 as? AvroError)?.code == .schemaLimit }
    }

    @Test func namesFollowTheirNamespace() throws {
        let schema = try Schema(
            parsing:
                #"{"type":"record","name":"a.b.R","fields":[{"name":"e","type":{"type":"enum","name":"E","symbols":["X"]}},{"name":"f","type":"E"},{"name":"g","type":{"type":"fixed","name":"F","namespace":"","size":2}}]}"#
        )
        #expect(schema.fields[0].schema.name == "a.b.E")
        #expect(schema.fields[1].schema.name == "a.b.E")
        #expect(schema.fields[2].schema.name == "F")
        #expect(schema.namespace == "a.b" && schema.shortName == "R")
    }

    @Test func logicalTypesThatDoNotFitAreIgnored() throws {
        #expect(try Schema(parsing: #"{"type":"string","logicalType":"date"}"#).logicalType == nil)
        #expect(try Schema(parsing: #"{"type":"bytes","logicalType":"decimal","precision":4,"scale":5}"#).logicalType == nil)
        #expect(try Schema(parsing: #"{"type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":5}"#).logicalType == nil)
        #expect(
            try Schema(parsing: #"{"type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":4,"scale":2}"#).logicalType
                == .decimal(precision: 4, scale: 2))
        #expect(try Schema(parsing: #"{"type":"int","logicalType":"date"}"#).logicalType == .date)
        #expect(
            try Schema(parsing: #"{"type":"int","logicalType":"unheard-of","x":1}"#).json.text
                == #"{"type":"int","logicalType":"unheard-of","x":1}"#)
    }
}
