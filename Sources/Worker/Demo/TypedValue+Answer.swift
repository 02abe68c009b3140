import Avro

extension TypedValue {
    /// A request of the demo operations, read from its Avro bytes.
    static func request(_ payload: RawSpan) throws(HandlerFailure) -> Self {
        do throws(AvroError) {
            return try Self(decoding: payload)
        } catch {
            throw HandlerFailure(code: "invalid-request", message: error.description, retryable: false)
        }
    }

    /// The value as an answer; `arena` has what its slices are of.
    func answer(_ arena: borrowing AvroWriter) -> Answer {
        var out = AvroWriter(capacity: arena.count + 64)
        encode(to: &out, source: arena.span)
        return .avro(out.bytes)
    }
}
