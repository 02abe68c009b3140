import Avro
import Testing

@Suite struct LogicalTypeJSONTests {
    static let decimal = #"{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}"#
    static let fixedDecimal = #"{"type":"fixed","name":"D","size":4,"logicalType":"decimal","precision":9,"scale":3}"#

    static func long(_ logical: String) -> String { #"{"type":"long","logicalType":"\#(logical)"}"# }
    static func int(_ logical: String) -> String { #"{"type":"int","logicalType":"\#(logical)"}"# }

    /// Schema, text in, text out, and whether the bytes come out the same again.
    @Test(arguments: [
        (long("timestamp-millis"), "2026-11-25T01:43:39.123Z", "2026-11-25T01:43:39.123Z"),
        (long("timestamp-millis"), "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        (long("timestamp-millis"), "2026-11-25T01:43:39+02:00", "2026-11-24T23:43:39.000Z"),
        (long("timestamp-micros"), "2026-11-25t01:43:39.1z", "2026-11-25T01:43:39.100000Z"),
        (long("timestamp-nanos"), "2026-02-28T01:43:39.123456789Z", "2026-02-28T01:43:39.123456789Z"),
        (long("timestamp-millis"), "+012026-01-01T00:00:00.000Z", "+012026-01-01T00:00:00.000Z"),
        (long("timestamp-millis"), "0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"),
        (long("timestamp-millis"), "2026-11-25T01:43:39.123000Z", "2026-11-25T01:43:39.123Z"),
        (long("local-timestamp-micros"), "2024-02-29T23:59:59.5", "2024-02-29T23:59:59.500000"), (int("date"), "2024-02-29", "2024-02-29"),
        (int("date"), "1583-10-15", "1583-10-15"),
        (int("time-millis"), "23:59:59.999", "23:59:59.999"), (long("time-micros"), "00:00:01", "00:00:01.000000"),
        (decimal, "-12.50", "-12.50"), (decimal, "1e3", "1000.00"),
        (decimal, "0", "0.00"), (decimal, "-0.01", "-0.01"), (decimal, "99999999.99", "99999999.99"),
        (fixedDecimal, "-123456.789", "-123456.789"), (fixedDecimal, "0.001", "0.001"),
        (#"{"type":"string","logicalType":"uuid"}"#, "0190a6c4-1d1c-7000-8000-0123456789ab", "0190a6c4-1d1c-7000-8000-0123456789ab"),
        (
            #"{"type":"fixed","name":"U","size":16,"logicalType":"uuid"}"#, "0190A6C4-1d1c-7000-8000-0123456789ab",
            "0190a6c4-1d1c-7000-8000-0123456789ab"
        ),
        (#"{"type":"fixed","name":"P","size":12,"logicalType":"duration"}"#, "P1M2DT3.004S", "P1M2DT3.004S"),
        (#"{"type":"bytes","logicalType":"big-decimal"}"#, "123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        (#""bytes""#, "AAECAw==", "AAECAw=="),
        (#""bytes""#, "", ""), (#"{"type":"fixed","name":"F","size":2}"#, "//8=", "//8="),
    ])
    func textThereAndBack(schema: String, text: String, expected: String) throws {
        let schema = try Schema(parsing: schema)
        let bytes = try JSONToAvro(schema).encode("\"\(text)\"")
        #expect(String(decoding: try AvroToJSON(schema).json(bytes), as: UTF8.self) == "\"\(expected)\"")
        #expect(try JSONToAvro(schema).encode("\"\(expected)\"") == bytes)
    }

    @Test(arguments: [
        (long("timestamp-millis"), "2026-11-25T01:43:39.1234Z"), (long("timestamp-millis"), "2026-11-25T01:43:39.123"),
        (long("timestamp-millis"), "2026-02-29T01:43:39Z"),
        (long("timestamp-millis"), "2026-11-25T24:00:00Z"), (long("timestamp-nanos"), "9999-12-31T00:00:00Z"),
        (long("timestamp-millis"), "2026-11-25"), (int("date"), "2026-13-01"),
        (int("date"), "2026-1-1"), (int("time-millis"), "25:00:00"), (decimal, "1.234"), (decimal, "123456789.00"), (decimal, "1."),
        (decimal, "x"), (fixedDecimal, "9999999"),
        (#"{"type":"string","logicalType":"uuid"}"#, "0190a6c4-1d1c-7000-8000-0123456789a"), (#""bytes""#, "AAE"), (#""bytes""#, "A==="),
        (#""bytes""#, "AA=A"), (#""bytes""#, "AB=="),
        (#"{"type":"fixed","name":"F","size":2}"#, "AAEC"), (#"{"type":"enum","name":"E","symbols":["A"]}"#, "B"),
        (#"{"type":"fixed","name":"P","size":12,"logicalType":"duration"}"#, "P1Y"),
    ])
    func textThatDoesNotFitIsOneFault(schema: String, text: String) throws {
        let encoder = try JSONToAvro(Schema(parsing: schema))
        #expect { try encoder.encode("\"\(text)\"") } throws: {
            ($0 as? JSONRejection)?.faults.count == 1 && ($0 as? JSONRejection)?.isMalformed == false
        }
    }

    @Test func extremeTimesDoNotTrap() throws {
        for name in ["timestamp-millis", "timestamp-micros", "timestamp-nanos", "local-timestamp-millis", "time-micros"] {
            let schema = try Schema(parsing: Self.long(name))
            for value in [Int64.min, .max, -1, 0] {
                var writer = AvroWriter()
                writer.writeLong(value)
                let bytes = writer.bytes
                let json = try AvroToJSON(schema).json(bytes)
                if !(name == "time-micros" && value != 0) { #expect(try JSONToAvro(schema).encode(json) == bytes) }
            }
        }
        for days in [Int32.min, .max] {
            var writer = AvroWriter()
            writer.writeInt(days)
            let schema = try Schema(parsing: Self.int("date"))
            #expect(try JSONToAvro(schema).encode(AvroToJSON(schema).json(writer.bytes)) == writer.bytes)
        }
    }

    @Test func taggedFormThereAndBack() throws {
        let schema = try Schema(
            parsing: #"""
                {"type":"record","name":"org.x.R","fields":[{"name":"u","type":["null","string",{"type":"record","name":"S","fields":[{"name":"b","type":"bytes"}]}]},
                 {"name":"t","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"f","type":{"type":"fixed","name":"F","size":2}}]}
                """#)
        for json in [
            #"{"u":null,"t":5,"f":"\u0000ÿ"}"#, #"{"u":{"string":"x"},"t":-5,"f":"ab"}"#,
            #"{"u":{"org.x.S":{"b":"\u0001é\"\\"}},"t":0,"f":"ab"}"#,
        ] {
            let bytes = try JSONToAvro(schema, form: .tagged).encode(json)
            #expect(String(decoding: try AvroToJSON(schema, form: .tagged).json(bytes), as: UTF8.self) == json)
        }
        let bad = #"{"u":{"int":1},"t":5,"f":"abc"}"#
        #expect { try JSONToAvro(schema, form: .tagged).encode(bad) } throws: {
            ($0 as? JSONRejection)?.faults.map(\.pointer) == ["/u", "/f"]
        }
        #expect { try JSONToAvro(schema, form: .tagged).encode(#"{"u":{"string":"a","x":1},"t":5,"f":"ab"}"#) } throws: {
            ($0 as? JSONRejection)?.faults.map(\.pointer) == ["/u"]
        }
    }
}
