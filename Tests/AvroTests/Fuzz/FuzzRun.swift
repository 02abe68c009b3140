import Avro

/// Feeds mutated inputs to every decoder. Nothing may trap, hang or take more than its limits; what is taken must encode and decode again.
struct FuzzRun {
    /// What a run saw.
    struct Report {
        var inputs = 0
        var taken = 0
        var refused: [String: Int] = [:]
    }

    private(set) var report = Report()
    private var random: SplitMix
    private let watch: FuzzWatch

    init(seed: UInt64, watch: FuzzWatch = .none) {
        self.watch = watch
        random = SplitMix(state: seed)
    }

    /// Schemas that have brought decoders down.
    static let nasty = [
        #"{"type":"array","items":"null"}"#, #"{"type":"array","items":{"type":"record","name":"E","fields":[]}}"#,
        #"{"type":"map","values":"null"}"#,
        #"{"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]},{"name":"v","type":"int"}]}"#,
        #"{"type":"record","name":"N","fields":[{"name":"a","type":{"type":"array","items":"N"}},{"name":"m","type":{"type":"map","values":["null","N"]}}]}"#,
        #"{"type":"array","items":{"type":"array","items":{"type":"array","items":"boolean"}}}"#,
        #"["null","bytes",{"type":"fixed","name":"F","size":1000000}]"#,
        #"{"type":"record","name":"T","fields":[{"name":"a","type":{"type":"long","logicalType":"timestamp-nanos"}},{"name":"b","type":{"type":"bytes","logicalType":"decimal","precision":20,"scale":4}},{"name":"c","type":{"type":"int","logicalType":"date"}},{"name":"d","type":{"type":"bytes","logicalType":"big-decimal"}},{"name":"e","type":{"type":"long","logicalType":"time-micros"}},{"name":"f","type":{"type":"fixed","name":"D","size":12,"logicalType":"duration"}},{"name":"g","type":{"type":"string","logicalType":"uuid"}}]}"#,
        #"[{"type":"record","name":"A","fields":[{"name":"x","type":["null","int","string","A"]}]},{"type":"record","name":"B","fields":[{"name":"x","type":["null","A","B"]}]},"null","string","double"]"#,
    ]

    /// One schema and so many inputs for each of its decoders.
    mutating func round(inputs: Int) {
        let index = Int.random(in: 0..<(Self.nasty.count * 2), using: &random)
        var maker = RandomSchema(seed: random.next())
        let json = maker.schema()
        guard let schema = index < Self.nasty.count ? try? Schema(parsing: Self.nasty[index]) : try? Schema(json: json) else { return }
        let reader = (try? Schema(json: maker.reader(of: json))) ?? schema
        let target = FuzzTarget(schema: schema, reader: index < Self.nasty.count ? schema : reader, watch: watch)
        var out = AvroWriter()
        RandomDatum.append(schema, to: &out, using: &random)
        let datum = out.bytes
        let plain = (try? AvroToJSON(schema).json(datum)) ?? []
        let tagged = (try? AvroToJSON(schema, form: .tagged).json(datum)) ?? []
        let text = Array(schema.json.text.utf8)
        let typed = FuzzTyped(seed: random.next())
        if let typed {
            out.removeAll()
            RandomDatum.append(typed.writer, to: &out, using: &random)
        }
        let version = out.bytes
        let watch = watch
        for input in 0..<inputs {
            feed(datum, isText: false) { bytes throws(AvroError) in try target.binary(bytes) }
            if let typed { feed(version, isText: false) { bytes throws(AvroError) in try typed.feed(bytes, watch) } }
            feed(plain, isText: true) { bytes throws(AvroError) in try target.json(bytes, .plain) }
            feed(tagged, isText: true) { bytes throws(AvroError) in try target.json(bytes, .tagged) }
            if input % 4 == 0 { feed(text, isText: true) { bytes throws(AvroError) in try target.schema(bytes) } }
            if input % 4 == 1 {
                feed(target.container(datum), isText: false) { bytes throws(AvroError) in try target.readContainer(bytes) }
            }
        }
    }

    private mutating func feed(_ original: [UInt8], isText: Bool, _ body: ([UInt8]) throws(AvroError) -> Void) {
        var bytes = original
        FuzzMutation.apply(&bytes, isText: isText, using: &random)
        watch.input(bytes)
        do throws(AvroError) {
            try body(bytes)
            report.taken += 1
        } catch {
            report.refused[error.code.name, default: 0] += 1
        }
        report.inputs += 1
    }
}
