import Avro
import AvroBound

/// Generic values against libavro, resolution against plain decoding.
enum GenericMeasurements {
    static let requestFields = #"""
        {"name":"requestId","type":{"type":"string","logicalType":"uuid"}},{"name":"operation","type":"string"},{"name":"createdAt","type":{"type":"long","logicalType":"timestamp-millis"}},
        {"name":"attempt","type":"int","default":1},{"name":"tenant","type":"string","default":""},{"name":"deadline","type":["null","long"],"default":null},
        {"name":"notBefore","type":["null","long"],"default":null},{"name":"priority","type":"int","default":0},{"name":"idempotencyKey","type":["null","string"],"default":null},
        {"name":"replyTo","type":["null","string"],"default":null},{"name":"callback","type":["null","string"],"default":null},{"name":"traceparent","type":["null","string"],"default":null},
        {"name":"context","type":{"type":"map","values":"string"},"default":{}},
        {"name":"payload","type":{"type":"record","name":"GenerateRequest","fields":[{"name":"source","type":"string"},{"name":"groupBy","type":["null","string"],"default":null}]}}
        """#
    static let request = #"{"type":"record","name":"Request","fields":[\#(requestFields)]}"#
    /// A later version: one field is gone, one has come, two are promoted.
    static let reader = request.replacing(
        #"{"name":"attempt","type":"int","default":1}"#,
        with: #"{"name":"attempt","type":"long","default":1},{"name":"region","type":"string","default":"eu"}"#
    )
    .replacing(#"{"name":"priority","type":"int","default":0}"#, with: #"{"name":"priority","type":"double","default":0}"#)
    .replacing(#"{"name":"replyTo","type":["null","string"],"default":null},"#, with: "")
    static let response = #"""
        {"type":"record","name":"Response","fields":[{"name":"requestId","type":"string"},{"name":"attempt","type":"int","default":0},{"name":"source","type":"string","default":""},
        {"name":"sequence","type":"long","default":0},{"name":"time","type":"long"},{"name":"traceparent","type":["null","string"],"default":null},{"name":"event","type":[
        {"type":"record","name":"Started","fields":[{"name":"offset","type":"long"},{"name":"worker","type":"string"}]},
        {"type":"record","name":"Progress","fields":[{"name":"fraction","type":["null","double"]},{"name":"message","type":"string"},{"name":"completed","type":["null","long"]},{"name":"total","type":["null","long"]},{"name":"unit","type":"string"}]},
        {"type":"record","name":"Part","fields":[{"name":"index","type":"int"},{"name":"payload","type":{"type":"fixed","name":"P34","size":34}}]},
        {"type":"record","name":"Checkpoint","fields":[{"name":"step","type":"string"},{"name":"value","type":"bytes"}]},
        {"type":"record","name":"Waiting","fields":[{"name":"name","type":"string"},{"name":"until","type":["null","long"]},{"name":"message","type":"string"}]},
        {"type":"record","name":"Signalled","fields":[]},{"type":"record","name":"CancelRequested","fields":[]},{"type":"record","name":"RetryScheduled","fields":[]},{"type":"record","name":"LeaseExpired","fields":[]},
        {"type":"record","name":"Released","fields":[{"name":"reason","type":"string"}]},
        {"type":"record","name":"Completed","fields":[{"name":"payload","type":{"type":"fixed","name":"P44","size":44}}]},
        {"type":"record","name":"Failed","fields":[{"name":"code","type":"string"},{"name":"message","type":"string"},{"name":"retryable","type":"boolean"},{"name":"details","type":["null","string"]}]}]}]}
        """#

    static func each(_ corpus: Corpus, _ body: (RawSpan) throws -> Void) -> UInt64 {
        var sum: UInt64 = 0
        let bytes = corpus.bytes.span.bytes
        for index in corpus.order {
            let count = Int(corpus.counts[Int(index)])
            let start = Int(corpus.offsets[Int(index)])
            do { try body(bytes.extracting(start..<start + count)) } catch { return 0 }
            sum &+= UInt64(count)
        }
        return sum
    }

    static func run(records: Int = 1000, rounds: Int = 4) throws -> [Measurement] {
        var results: [Measurement] = []
        for (name, corpus, text) in [
            ("request", Corpus.requests(records, rounds: rounds), request),
            ("response", Corpus.responses(records, rounds: rounds), response),
        ] {
            guard let library = bound_libavro_new(text, text.utf8.count) else { continue }
            let count = records * rounds
            let coder = GenericCoder(try Schema(parsing: text))
            let libraryDecode = { bound_libavro_decode(library, corpus.bytes, corpus.offsets, corpus.counts, corpus.order, count) }
            let ours = { each(corpus) { record in _ = try coder.decode(record) } }
            results.append(.run("\(name) decode, generic", records: count, turns: 40, bound: libraryDecode, ours: ours))
            guard bound_libavro_prepare(library, corpus.bytes, corpus.offsets, corpus.counts, records) == 1 else { continue }
            let libraryEncode = { bound_libavro_encode(library, corpus.order, count) }
            var values: [GenericValue] = []
            for index in 0..<records {
                let start = Int(corpus.offsets[index])
                values.append(try coder.decode(corpus.bytes.span.bytes.extracting(start..<start + Int(corpus.counts[index]))))
            }
            var writer = AvroWriter(capacity: 65_536)
            results.append(
                .run(
                    "\(name) encode, generic", records: count, turns: 40, bound: libraryEncode,
                    ours: {
                        var sum: UInt64 = 0
                        for index in corpus.order {
                            writer.removeAll()
                            do { try coder.encode(values[Int(index)], into: &writer) } catch { return 0 }
                            sum &+= UInt64(writer.count)
                        }
                        return sum
                    }))
            guard name == "request" else { continue }
            let resolution = try Resolution(writer: coder.schema, reader: Schema(parsing: reader))
            results.append(
                .run(
                    "request resolution, of generic", records: count, turns: 40, bound: ours,
                    ours: { each(corpus) { record in _ = try resolution.decode(record) } }))
        }
        return results
    }
}
