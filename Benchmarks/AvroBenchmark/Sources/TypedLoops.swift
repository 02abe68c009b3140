import Avro

/// The same loops as the bound's, through the generated types.
enum TypedLoops {
    static func decodeRequests(_ corpus: Corpus) -> UInt64 {
        var sum: UInt64 = 0
        let bytes = corpus.bytes.span.bytes
        do throws(AvroError) {
            for index in corpus.order {
                let start = Int(corpus.offsets[Int(index)])
                let record = bytes.extracting(start..<start + Int(corpus.counts[Int(index)]))
                let request = try Bench.Request(decoding: record)
                sum &+=
                    UInt64(bitPattern: request.createdAt) &+ UInt64(request.payload.count) &+ UInt64(request.traceparent?.count ?? 0)
                    &+ UInt64(bitPattern: Int64(request.attempt))
            }
        } catch { return 0 }
        return sum
    }

    static func decodeResponses(_ corpus: Corpus) -> UInt64 {
        var sum: UInt64 = 0
        let bytes = corpus.bytes.span.bytes
        do throws(AvroError) {
            for index in corpus.order {
                let start = Int(corpus.offsets[Int(index)])
                let record = bytes.extracting(start..<start + Int(corpus.counts[Int(index)]))
                let response = try Bench.Response(decoding: record)
                sum &+=
                    UInt64(bitPattern: response.time) &+ UInt64(response.source.count) &+ UInt64(bitPattern: response.sequence)
                    &+ branch(response.event)
            }
        } catch { return 0 }
        return sum
    }

    private static func branch(_ event: Bench.Response.Event) -> UInt64 {
        switch event {
        case .started: 0
        case .progress: 1
        case .part: 2
        case .checkpoint: 3
        case .waiting: 4
        case .signalled: 5
        case .cancelRequested: 6
        case .retryScheduled: 7
        case .leaseExpired: 8
        case .released: 9
        case .completed: 10
        case .failed: 11
        case .cancelled: 12
        case .expired: 13
        case .deadLettered: 14
        case .reopened: 15
        }
    }

    static func encode<Value: TypedValue>(_ values: [Value], _ corpus: Corpus, _ writer: inout AvroWriter) -> UInt64 {
        var sum: UInt64 = 0
        let bytes = corpus.bytes.span.bytes
        writer.removeAll()
        for index in corpus.order {
            if writer.count > 1 << 20 { writer.removeAll() }
            let start = Int(corpus.offsets[Int(index)])
            let before = writer.count
            values[Int(index)].encode(to: &writer, source: bytes.extracting(start..<start + Int(corpus.counts[Int(index)])))
            sum &+= UInt64(writer.count - before)
        }
        return sum
    }

    static func values<Value: TypedValue>(_ type: Value.Type, _ corpus: Corpus) throws(AvroError) -> [Value] {
        var values: [Value] = []
        let bytes = corpus.bytes.span.bytes
        for (offset, count) in zip(corpus.offsets, corpus.counts) {
            values.append(try Value(decoding: bytes.extracting(Int(offset)..<Int(offset) + Int(count))))
        }
        return values
    }
}
