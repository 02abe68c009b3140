import Avro
import FoundationEssentials
import Testing

@Suite struct CodableTests {
    enum Mode: String, Codable { case fast = "FAST", slow = "SLOW" }
    struct Line: Codable, Equatable {
        var sku: String
        var amount: Int
    }
    struct Order: Codable, Equatable {
        var lines: [Line]
        var id: UInt64
        var at: Date
        var token: UUID
        var note: String?
        var mode: Mode
        var raw: [UInt8]
        var data: Data
        var labels: [String: Double]
        var price: String
        var ratio: Float
        var first: Line?
    }
    static let text = #"""
        {"type":"record","name":"Order","fields":[{"name":"id","type":"long"},{"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
         {"name":"token","type":{"type":"string","logicalType":"uuid"}},{"name":"note","type":["null","string"],"default":null},
         {"name":"mode","type":{"type":"enum","name":"Mode","symbols":["SLOW","FAST"]}},{"name":"raw","type":"bytes"},{"name":"data","type":{"type":"fixed","name":"D","size":2}},
         {"name":"labels","type":{"type":"map","values":"double"}},{"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
         {"name":"ratio","type":"float"},{"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[{"name":"sku","type":"string"},{"name":"amount","type":"int"}]}}},
         {"name":"first","type":["string","null","Line"]},{"name":"added","type":"int","default":5}]}
        """#
    static let order = Order(
        lines: [Line(sku: "a", amount: 1), Line(sku: "b", amount: -2)], id: 7, at: Date(timeIntervalSince1970: 1_700_000_000.25),
        token: UUID(), note: nil, mode: .fast,
        raw: [1, 2], data: Data([3, 4]), labels: ["x": 0.5], price: "-12.50", ratio: 0.25, first: Line(sku: "c", amount: 3))

    @Test func thereAndBack() throws {
        let schema = try Schema(parsing: Self.text)
        let bytes = try AvroEncoder(schema).encode(Self.order)
        #expect(try AvroDecoder(schema).decode(Order.self, from: bytes) == Self.order)
        let json = String(decoding: try AvroToJSON(schema).json(bytes), as: UTF8.self)
        #expect(
            json.contains(#""at":"2023-11-14T22:13:20.250Z""#) && json.contains(#""mode":"FAST""#)
                && json.hasSuffix(#""first":{"sku":"c","amount":3},"added":5}"#))
        var plain = Self.order
        (plain.note, plain.first) = ("n", nil)
        #expect(try AvroDecoder(schema).decode(Order.self, from: AvroEncoder(schema).encode(plain)) == plain)
    }

    @Test func resolutionAppliesToCodable() throws {
        struct Wanted: Codable, Equatable {
            var id: Double
            var origin: String
        }
        let writer = try Schema(parsing: Self.text)
        let reader = try Schema(
            parsing:
                #"{"type":"record","name":"Order","fields":[{"name":"origin","type":"string","default":"here"},{"name":"id","type":"double"}]}"#
        )
        let decoder = AvroDecoder(try Resolution(writer: writer, reader: reader))
        #expect(try decoder.decode(Wanted.self, from: AvroEncoder(writer).encode(Self.order)) == Wanted(id: 7, origin: "here"))
    }

    @Test func whatDoesNotFitNamesTheField() throws {
        struct Small: Codable {
            var lines: [Line]
            struct Line: Codable { var amount: Int8 }
        }
        struct Wrong: Codable { var lines: [Int] }
        let schema = try Schema(
            parsing:
                #"{"type":"record","name":"S","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"L","fields":[{"name":"amount","type":"int"}]}}}]}"#
        )
        let bytes = try JSONToAvro(schema).encode(#"{"lines":[{"amount":1},{"amount":300}]}"#)
        #expect { try AvroDecoder(schema).decode(Small.self, from: bytes) } throws: { ($0 as? AvroError)?.place == "lines.[1].amount" }
        #expect { try AvroDecoder(schema).decode(Order.self, from: bytes) } throws: { ($0 as? AvroError)?.code == .valueUnfit }
        #expect { try AvroEncoder(schema).encode(Wrong(lines: [1])) } throws: { ($0 as? AvroError)?.place == "lines.[0]" }
        #expect { try AvroEncoder(schema).encode(["other": 1]) } throws: { ($0 as? AvroError)?.code == .valueUnfit }
    }
}
