import Avro
import FoundationEssentials
import Testing

/// Where the files of an exchange lie; nil outside of one.
enum FastavroExchange {
    static let folder = ProcessInfo.processInfo.environment["AVRO_EXCHANGE"]
}

/// The two ends of `scripts/check-avro`, which puts fastavro between them; off without the folder of the exchange.
@Suite(.serialized, .enabled(if: FastavroExchange.folder != nil, "only within scripts/check-avro"))
struct FastavroExchangeTests {
    static let perFile: UInt64 = 5

    /// A schema of records without unions (fastavro chooses branches by the value) and the data of a seed.
    static func data(_ seed: UInt64) throws -> (Schema, [[UInt8]]) {
        var maker = RandomSchema(seed: seed &+ 3 << 32)
        maker.hasUnions = false
        let schema = try Schema(json: maker.schema())
        let coder = GenericCoder(schema)
        let data = try (0..<perFile).map { _ in
            var out = AvroWriter()
            RandomDatum.append(schema, to: &out, using: &maker.random)
            return try coder.encode(coder.decode(out.bytes).forC)
        }
        return (schema, data)
    }

    @Test func write() throws {
        let folder = try #require(FastavroExchange.folder)
        for seed in 0..<(LibAvroTests.seeds / Self.perFile) {
            let (schema, data) = try Self.data(seed)
            let codec = ContainerCodec.allCases[Int(seed) % ContainerCodec.allCases.count]
            let writer = try ContainerWriter(path: "\(folder)/ours/\(seed).avro", schema: schema, codec: codec)
            for datum in data { try writer.append(datum) }
            try writer.close()
        }
    }

    @Test func read() throws {
        let folder = try #require(FastavroExchange.folder)
        for seed in 0..<(LibAvroTests.seeds / Self.perFile) {
            let (schema, data) = try Self.data(seed)
            var reader = try ContainerReader(path: "\(folder)/theirs/\(seed).avro")
            #expect(reader.schema == schema, "seed \(seed)")
            var found: [[UInt8]] = []
            while let datum = try reader.next() { found.append(Array(datum)) }
            #expect(found == data, "seed \(seed)")
        }
    }
}
