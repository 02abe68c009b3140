import Avro
import AvroBound

/// Typed coding against straight C.
enum TypedMeasurements {
    static func run(records: Int = 1000, rounds: Int = 40) throws -> [Measurement] {
        let requests = Corpus.requests(records, rounds: rounds), responses = Corpus.responses(records, rounds: rounds)
        let count = records * rounds
        print(
            "requests of \(Int(requests.size.rounded())) bytes, responses of \(Int(responses.size.rounded())) bytes of eight kinds, in random order"
        )
        var results = [
            Measurement.run(
                "request decode", records: count, bound: { BoundLoops.decodeRequests(requests) },
                ours: { TypedLoops.decodeRequests(requests) }),
            Measurement.run(
                "response decode", records: count, bound: { BoundLoops.decodeResponses(responses) },
                ours: { TypedLoops.decodeResponses(responses) }),
        ]
        var writer = AvroWriter(capacity: 2 << 20)
        let typedRequests = try TypedLoops.values(Bench.Request.self, requests),
            typedResponses = try TypedLoops.values(Bench.Response.self, responses)
        var room = [UInt8](repeating: 0, count: 2 << 20)
        BoundLoops.withRequests(requests) { bound in
            results.append(
                Measurement.run(
                    "request encode", records: count, bound: { bound_encode_requests(bound, requests.order, count, &room, room.count) },
                    ours: { TypedLoops.encode(typedRequests, requests, &writer) }))
        }
        BoundLoops.withResponses(responses) { bound in
            results.append(
                Measurement.run(
                    "response encode", records: count, bound: { bound_encode_responses(bound, responses.order, count, &room, room.count) },
                    ours: { TypedLoops.encode(typedResponses, responses, &writer) }))
        }
        return results
    }
}
