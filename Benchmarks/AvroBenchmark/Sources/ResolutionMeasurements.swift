import Avro

/// Typed decoding of what another version wrote (a field more, a field less, a narrower number), against decoding of one's own.
enum ResolutionMeasurements {
    static let ours = schema(attempt: "int", fields: #"{"name":"priority","type":"int","default":0},"#)
    static let theirs = schema(attempt: "int", fields: #"{"name":"weight","type":"int"},"#)

    private static func schema(attempt: String, fields: String) -> String {
        #"""
        {"type":"record","name":"Request","fields":[
         {"name":"requestId","type":"string"},{"name":"operation","type":"string"},{"name":"createdAt","type":"long"},
         {"name":"attempt","type":"\#(attempt)"},{"name":"tenant","type":"string"},{"name":"deadline","type":["null","long"]},
         {"name":"notBefore","type":["null","long"]},\#(fields){"name":"idempotencyKey","type":["null","string"]},
         {"name":"replyTo","type":["null","string"]},{"name":"callback","type":["null","string"]},{"name":"traceparent","type":["null","string"]},
         {"name":"context","type":{"type":"map","values":"string"}},
         {"name":"payload","type":{"type":"record","name":"Payload","fields":[{"name":"source","type":"string"},{"name":"groupBy","type":["null","string"]}]}}]}
        """#
    }

    static func run(_ count: Int = 1000, rounds: Int = 40) throws -> [Measurement] {
        let corpus = Corpus.requests(count, rounds: rounds)
        let records = count * rounds
        let resolution = try Resolution(writer: Schema(parsing: theirs), reader: Schema(parsing: ours))
        var buffer = AvroWriter(capacity: 4096)
        return [
            Measurement.run(
                "request decode, resolved / own", records: records, bound: { TypedLoops.decodeRequests(corpus) },
                ours: { decode(corpus, resolution, &buffer) })
        ]
    }

    private static func decode(_ corpus: Corpus, _ resolution: Resolution, _ buffer: inout AvroWriter) -> UInt64 {
        var sum: UInt64 = 0
        let bytes = corpus.bytes.span.bytes
        do throws(AvroError) {
            for index in corpus.order {
                let start = Int(corpus.offsets[Int(index)])
                let record = bytes.extracting(start..<start + Int(corpus.counts[Int(index)]))
                let request = try resolution.decode(Bench.Request.self, record, source: &buffer)
                sum &+=
                    UInt64(bitPattern: request.createdAt) &+ UInt64(request.payload.count) &+ UInt64(request.traceparent?.count ?? 0)
                    &+ UInt64(bitPattern: Int64(request.attempt))
            }
        } catch { return 0 }
        return sum
    }
}
