/// Turns Avro into JSON by a schema: compact, every field there. Compile once, use from any thread.
///
/// The plain form: unions without tags, times as RFC 3339 in UTC at their precision, decimals and uuids as text, bytes as base64, `long` as a number;
/// a float that is no number is the text `"NaN"`, `"Infinity"` or `"-Infinity"`. Hostile bytes are an error, under the limits of every decode.
public final class AvroToJSON: Sendable {
    /// The schema of what is read.
    public let schema: Schema
    /// The form that is written.
    public let form: JSONForm
    private let plan: JSONPlan
    private let limits: DecodingLimits

    /// Compiles a schema. `limits.memoryMax` bounds the text; nil for 128 times the input plus 1 MiB.
    public init(_ schema: Schema, form: JSONForm = .plain, limits: DecodingLimits = .standard) {
        self.schema = schema
        self.form = form
        self.limits = limits
        plan = JSONPlan(schema, form: form)
    }

    /// Appends the JSON of one datum, which is all of `avro`. When it throws, `out` is as it was.
    public func append(_ avro: RawSpan, to out: inout [UInt8]) throws(AvroError) {
        var text = AvroWriter(capacity: avro.byteCount * 2 + 64)
        try append(avro, to: &text)
        text.withBytes { out.append(contentsOf: $0) }
    }

    /// Appends the JSON of one datum, which is all of `avro`. When it throws, `out` is as it was.
    public func append(_ avro: RawSpan, to out: inout AvroWriter) throws(AvroError) {
        let before = out.count
        var reader = AvroReader(avro, limits: limits)
        do throws(AvroError) {
            let printer = JSONPrinter(plan, outputMax: before + (limits.memoryMax ?? 128 * avro.byteCount + 1 << 20))
            try printer.value(plan.root, &reader, &out)
            try reader.finish()
        } catch {
            out.truncate(to: before)
            throw error
        }
    }

    /// The JSON of one datum, which is all of `avro`.
    public func json(_ avro: [UInt8]) throws(AvroError) -> [UInt8] {
        var out: [UInt8] = []
        try append(avro.span.bytes, to: &out)
        return out
    }
}
