/// Turns JSON into Avro by a schema, in one pass over the bytes. Compile once, use from any thread.
///
/// A document that does not fit is refused with all its faults at once, each with its JSON pointer; text that is no JSON is told apart.
/// Missing fields take their defaults; unknown and repeated fields are faults. A value of a union chooses its branch in the plain form:
/// `null`, booleans and arrays by their kind; a number takes int, long, double, float, decimal, the first of these that the union has and that it fits;
/// text takes the first enum, time or uuid that it fits, then string, then base64 bytes; an object takes the first record whose fields it fits, then a map.
public final class JSONToAvro: Sendable {
    /// What a document may cost.
    public struct Limits: Sendable, Hashable {
        /// How deep arrays and objects may nest.
        public var depthMax = 64
        /// How many faults are told; the rest is left out.
        public var faultsMax = 100
        /// The size of the result; nil for 16 times the document's plus 1 MiB. Only defaults that are filled in can make it so large.
        public var bytesMax: Int?

        /// The defaults.
        public init() {}
    }

    /// The schema of the result.
    public let schema: Schema
    /// The form of the documents.
    public let form: JSONForm
    private let plan: JSONPlan
    private let limits: Limits

    /// Compiles a schema.
    public init(_ schema: Schema, form: JSONForm = .plain, limits: Limits = Limits()) {
        self.schema = schema
        self.form = form
        self.limits = limits
        plan = JSONPlan(schema, form: form)
    }

    /// Appends the Avro form of a document to `out`. When it throws, `out` is as it was.
    public func encode(_ json: RawSpan, into out: inout AvroWriter) throws(JSONRejection) {
        let before = out.count
        let rejection: JSONRejection? = json.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: UInt8.self) { bytes in
                var transcoder = JSONTranscoder(bytes, plan: plan, limits: limits, outputStart: before)
                return transcoder.run(into: &out)
            }
        }
        if let rejection {
            out.truncate(to: before)
            throw rejection
        }
    }

    /// The Avro form of a document.
    public func encode(_ json: [UInt8]) throws(JSONRejection) -> [UInt8] {
        var out = AvroWriter(capacity: json.count + 64)
        try encode(json.span.bytes, into: &out)
        return out.bytes
    }

    /// The Avro form of a document.
    public func encode(_ json: String) throws(JSONRejection) -> [UInt8] { try encode(Array(json.utf8)) }
}
