import Avro
import AvroBound

/// The bound's loops, called with a corpus.
enum BoundLoops {
    static func decodeRequests(_ corpus: Corpus) -> UInt64 {
        bound_decode_requests(corpus.bytes, corpus.offsets, corpus.counts, corpus.order, corpus.order.count)
    }

    static func decodeResponses(_ corpus: Corpus) -> UInt64 {
        bound_decode_responses(corpus.bytes, corpus.offsets, corpus.counts, corpus.order, corpus.order.count)
    }

    /// Calls with the decoded records of a corpus, whose texts point into it.
    static func withRequests(_ corpus: Corpus, _ body: ([bound_request]) -> Void) {
        corpus.bytes.withUnsafeBufferPointer { bytes in
            var records = [bound_request](repeating: bound_request(), count: corpus.counts.count)
            for index in records.indices {
                guard let base = bytes.baseAddress,
                    bound_decode_request(base + Int(corpus.offsets[index]), Int(corpus.counts[index]), &records[index]) == 1
                else { return }
            }
            body(records)
        }
    }

    static func withResponses(_ corpus: Corpus, _ body: ([bound_response]) -> Void) {
        corpus.bytes.withUnsafeBufferPointer { bytes in
            var records = [bound_response](repeating: bound_response(), count: corpus.counts.count)
            for index in records.indices {
                guard let base = bytes.baseAddress,
                    bound_decode_response(base + Int(corpus.offsets[index]), Int(corpus.counts[index]), &records[index]) == 1
                else { return }
            }
            body(records)
        }
    }
}
