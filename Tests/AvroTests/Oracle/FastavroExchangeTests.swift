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

    /// What a seed makes.
    struct Exchanged {
        let writer: Schema
        /// Fields in another order, left out or with a default, numbers promoted.
        let reader: Schema
        let data: [[UInt8]]
    }

    /// A schema of records without unions (fastavro chooses branches by the value), a reader of it, and data.
    static func data(_ seed: UInt64) throws -> Exchanged {
        var maker = RandomSchema(seed: seed &+ 3 << 32)
        maker.hasUnions = false
        let json = maker.schema()
        let schema = try Schema(json: json)
        let coder = GenericCoder(schema)
        let data = try (0..<perFile).map { _ in
            var out = AvroWriter()
            RandomDatum.append(schema, to: &out, using: &maker.random)
            return try coder.encode(coder.decode(out.bytes).forC)
        }
        maker.addsFields = true
        maker.roundsTwice = false
        return Exchanged(writer: schema, reader: try Schema(json: maker.reader(of: json)), data: data)
    }

    private static func text(_ path: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    @Test func write() throws {
        let folder = try #require(FastavroExchange.folder)
        for seed in 0..<LibAvroTests.seeds {
            let made = try Self.data(seed)
            try Self.text("\(folder)/readers/\(seed).avsc", made.reader.json.text)
            let codec = ContainerCodec.allCases[Int(seed) % ContainerCodec.allCases.count]
            let writer = try ContainerWriter(path: "\(folder)/ours/\(seed).avro", schema: made.writer, codec: codec)
            for datum in made.data { try writer.append(datum) }
            try writer.close()
        }
    }

    @Test func read() throws {
        let folder = try #require(FastavroExchange.folder)
        for seed in 0..<LibAvroTests.seeds {
            let made = try Self.data(seed)
            #expect(try Self.data(of: "\(folder)/theirs/\(seed).avro", made.writer) == made.data, "seed \(seed)")
        }
    }

    /// fastavro's resolution and ours give the same bytes, for generic values and for bytes rewritten.
    @Test func resolve() throws {
        let folder = try #require(FastavroExchange.folder)
        var changed = 0
        for seed in 0..<LibAvroTests.seeds {
            let made = try Self.data(seed)
            let theirs = try Self.data(of: "\(folder)/resolved/\(seed).avro", made.reader)
            let resolution = try Resolution(writer: made.writer, reader: made.reader)
            let coder = GenericCoder(made.reader)
            #expect(try made.data.map { try coder.encode(resolution.decode($0)) } == theirs, "seed \(seed)")
            let rewritten = try made.data.map { datum in
                var out = AvroWriter()
                try resolution.rewrite(datum.span.bytes, into: &out)
                return out.bytes
            }
            #expect(rewritten == theirs, "seed \(seed)")
            if made.data != theirs { changed += 1 }
        }
        #expect(changed > Int(LibAvroTests.seeds) / 2)
    }

    private static func data(of path: String, _ schema: Schema) throws -> [[UInt8]] {
        var reader = try ContainerReader(path: path)
        #expect(reader.schema == schema, "\(path)")
        var found: [[UInt8]] = []
        while let datum = try reader.next() { found.append(Array(datum)) }
        return found
    }
}
