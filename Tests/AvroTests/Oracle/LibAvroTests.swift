import Avro
import FoundationEssentials
import Testing

/// Random schemas and values by seed, against libavro. `AVRO_SEEDS` says how many; the long run is `scripts/check-avro`.
@Suite struct LibAvroTests {
    static let seeds: UInt64 = ProcessInfo.processInfo.environment["AVRO_SEEDS"].flatMap(UInt64.init) ?? 500

    @Test func libavroReadsWhatWeWrite() throws {
        var compared = 0
        for seed in 0..<Self.seeds {
            var maker = RandomSchema(seed: seed)
            let schema = try Schema(json: maker.schema())
            let oracle = try #require(LibAvro(schema.json.text), "seed \(seed)")
            let coder = GenericCoder(schema)
            for _ in 0..<3 {
                var out = AvroWriter()
                RandomDatum.append(schema, to: &out, using: &maker.random)
                let value = try coder.decode(out.bytes)
                #expect(try coder.encode(value) == out.bytes, "seed \(seed)")
                let bytes = try coder.encode(value.forC)
                // libavro writes a union's branch, a map's entries and arrays as we do, so that the bytes are the same.
                #expect(oracle.again(bytes) == bytes, "seed \(seed): \(schema)")
                compared += 1
            }
        }
        #expect(compared == Int(Self.seeds) * 3)
    }

    @Test func libavroResolvesAsWeDo() throws {
        var compared = 0
        for seed in 0..<Self.seeds {
            var maker = RandomSchema(seed: seed &+ 1 << 32)
            let writerJSON = maker.schema()
            let writer = try Schema(json: writerJSON)
            let reader = try Schema(json: maker.reader(of: writerJSON))
            var out = AvroWriter()
            RandomDatum.append(writer, to: &out, using: &maker.random)
            let coder = GenericCoder(writer)
            let bytes = try coder.encode(coder.decode(out.bytes).forC)
            let ours = try GenericCoder(reader).encode(Resolution(writer: writer, reader: reader).decode(bytes))
            #expect(try Resolution(writer: writer, reader: reader).rewrite(bytes) == ours, "seed \(seed): \(writer) as \(reader)")
            // Where several branches could take a number, libavro takes the first, we (as Java) the one of the same type.
            guard !writer.json.hasSeveralNumbersInAUnion else { continue }
            guard let from = LibAvro(writer.json.text), let to = LibAvro(reader.json.text), let theirs = to.resolve(bytes, from: from)
            else { continue }
            #expect(theirs == ours, "seed \(seed): \(writer) as \(reader)")
            compared += 1
        }
        #expect(compared > Int(Self.seeds) / 2, "libavro served \(compared) pairs")
    }

    @Test func jsonFormsThereAndBack() throws {
        for seed in 0..<Self.seeds {
            var maker = RandomSchema(seed: seed &+ 2 << 32)
            let schema = try Schema(json: maker.schema())
            var out = AvroWriter()
            RandomDatum.append(schema, to: &out, using: &maker.random)
            let coder = GenericCoder(schema)
            let bytes = try coder.encode(coder.decode(out.bytes).forC)
            // The tagged form says which branch; the plain form may choose another for the same text, and is then stable.
            #expect(
                try JSONToAvro(schema, form: .tagged).encode(AvroToJSON(schema, form: .tagged).json(bytes)) == bytes,
                "seed \(seed): \(schema)")
            let plain = try AvroToJSON(schema).json(bytes)
            _ = try JSONValue(parsing: plain)
            let again = try JSONToAvro(schema).encode(plain)
            #expect(try JSONToAvro(schema).encode(AvroToJSON(schema).json(again)) == again, "seed \(seed): \(schema)")
        }
    }
}

extension GenericValue {
    /// The value as libavro can hold it: it ends strings at a NUL and keeps one entry a key.
    var forC: GenericValue {
        switch content {
        case .string(let text): GenericValue(.string(text.replacing("\0", with: "o")), branch: branch)
        case .record(let fields): GenericValue(.record(fields.map(\.forC)), branch: branch)
        case .array(let items): GenericValue(.array(items.map(\.forC)), branch: branch)
        case .map(let entries):
            GenericValue(
                .map(entries.enumerated().map { .init(key: "\($0)" + $1.key.replacing("\0", with: "o"), value: $1.value.forC) }),
                branch: branch)
        default: self
        }
    }
}

extension JSONValue {
    var hasSeveralNumbersInAUnion: Bool {
        switch self {
        case .array(let elements):
            let numbers = elements.filter { ["int", "long", "float", "double"].contains($0.string ?? "") }
            return numbers.count > 1 || elements.contains(where: \.hasSeveralNumbersInAUnion)
        case .object(let members): return members.contains { $0.value.hasSeveralNumbersInAUnion }
        default: return false
        }
    }
}
