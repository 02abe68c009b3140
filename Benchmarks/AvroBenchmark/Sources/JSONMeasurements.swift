import Avro

/// JSON to Avro and back. The bound is the aim: 600 ns for the order of 7-toolchain.md.
enum JSONMeasurements {
    static let schema = #"""
        {"type":"record","name":"org.example.Order","fields":[
         {"name":"orderId","type":"long"},{"name":"customer","type":"string"},{"name":"email","type":["null","string"],"default":null},
         {"name":"total","type":"double"},{"name":"express","type":"boolean"},{"name":"comment","type":["null","string"],"default":null},
         {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[{"name":"sku","type":"string"},{"name":"quantity","type":"int"},{"name":"price","type":"double"}]}}}]}
        """#
    static let straight =
        #"{"orderId":1234567890,"customer":"Margaret Hamilton","email":"margaret@example.org","total":1299.95,"express":true,"comment":null,"lines":[{"sku":"AX-1001","quantity":2,"price":449.5},{"sku":"BQ-77","quantity":10,"price":39.99},{"sku":"ZZ-9","quantity":1,"price":1.05}]}"#
    static let reversed =
        #"{"lines":[{"price":449.5,"quantity":2,"sku":"AX-1001"},{"price":39.99,"quantity":10,"sku":"BQ-77"},{"price":1.05,"quantity":1,"sku":"ZZ-9"}],"comment":null,"express":true,"total":1299.95,"email":"margaret@example.org","customer":"Margaret Hamilton","orderId":1234567890}"#

    static func run() throws {
        let schema = try Schema(parsing: schema)
        let encoder = JSONToAvro(schema)
        let printer = AvroToJSON(schema)
        let avro = try encoder.encode(straight)
        print("JSON of \(straight.utf8.count) bytes, Avro of \(avro.count); the aim for the first is 600 ns")
        var writer = AvroWriter()
        for (name, text) in [("JSON to Avro, fields in order", straight), ("JSON to Avro, fields reversed", reversed)] {
            let bytes = Array(text.utf8)
            try best(name) {
                writer.removeAll()
                try encoder.encode(bytes.span.bytes, into: &writer)
            }
        }
        try best("Avro to JSON") {
            writer.removeAll()
            try printer.append(avro.span.bytes, to: &writer)
        }
    }

    private static func best(_ name: String, _ body: () throws -> Void) rethrows {
        let clock = ContinuousClock()
        var best = Duration.seconds(1)
        for _ in 0..<20 {
            let start = clock.now
            for _ in 0..<20_000 { try body() }
            best = min(best, start.duration(to: clock.now))
        }
        print("  \(name): \(best.components.attoseconds / 1_000_000_000 / 20_000) ns")
    }
}
