import Avro
import AvroBound

/// Codable against libavro's generic values; and what Swift's protocol takes of it, which no encoder can do without.
enum CodableMeasurements {
    struct Payload: Codable {
        var source: String
        var groupBy: String?
    }
    struct Request: Codable {
        var requestId: String
        var operation: String
        var createdAt: Int64
        var attempt: Int
        var tenant: String
        var deadline: Int64?
        var notBefore: Int64?
        var priority: Int
        var idempotencyKey: String?
        var replyTo: String?
        var callback: String?
        var traceparent: String?
        var context: [String: String]
        var payload: Payload
    }

    static func run(records: Int = 1000, rounds: Int = 1) throws -> [Measurement] {
        let corpus = Corpus.requests(records, rounds: rounds), count = records * rounds, text = GenericMeasurements.request
        guard let library = bound_libavro_new(text, text.utf8.count),
            bound_libavro_prepare(library, corpus.bytes, corpus.offsets, corpus.counts, records) == 1
        else { return [] }
        let schema = try Schema(parsing: text)
        let decoder = try AvroDecoder(schema)
        let encoder = AvroEncoder(schema)
        let models = try corpus.counts.indices.map { index in
            let start = Int(corpus.offsets[index])
            return try decoder.decode(Request.self, from: corpus.bytes.span.bytes.extracting(start..<start + Int(corpus.counts[index])))
        }
        var writer = AvroWriter(capacity: 65_536)
        let decodeBound = { bound_libavro_decode(library, corpus.bytes, corpus.offsets, corpus.counts, corpus.order, count) }
        let encodeBound = { bound_libavro_encode(library, corpus.order, count) }
        let encode = {
            var sum: UInt64 = 0
            for index in corpus.order {
                writer.removeAll()
                do { try encoder.encode(models[Int(index)], into: &writer) } catch { return UInt64(0) }
                sum &+= UInt64(writer.count)
            }
            return sum
        }
        // Says what was encoded, so that the sums agree, and only walks the values.
        let walk = {
            var sum: UInt64 = 0
            for index in corpus.order {
                do { try models[Int(index)].encode(to: WalkingEncoder()) } catch { return UInt64(0) }
                sum &+= UInt64(corpus.counts[Int(index)])
            }
            return sum
        }
        return [
            .run(
                "request decode, Codable", records: count, turns: 300, bound: decodeBound,
                ours: { GenericMeasurements.each(corpus) { record in _ = try decoder.decode(Request.self, from: record) } }),
            .run("request encode, Codable", records: count, turns: 300, bound: encodeBound, ours: encode),
            .run("  of it Swift's walk of the type", records: count, turns: 300, bound: encodeBound, ours: walk),
        ]
    }
}
