/// Reads and writes values of one schema without a Swift type of their own. Compile once, use from any thread.
public final class GenericCoder: Sendable {
    /// The schema of what is read and written.
    public let schema: Schema
    private let plan: ResolutionPlan

    /// Compiles a schema.
    public init(_ schema: Schema) {
        self.schema = schema
        plan = Resolution.plan(of: schema)
    }

    /// The value of one datum, which is all of `bytes`.
    public func decode(_ bytes: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) -> GenericValue {
        try GenericDecoder.decode(plan, bytes, limits)
    }

    /// The value of one datum, which is all of `bytes`.
    public func decode(_ bytes: [UInt8], limits: DecodingLimits = .standard) throws(AvroError) -> GenericValue {
        try GenericDecoder.decode(plan, bytes.span.bytes, limits)
    }

    /// The value of the datum at which a reader stands; what follows it is left.
    public func decode(_ reader: inout AvroReader, limits: DecodingLimits = .standard) throws(AvroError) -> GenericValue {
        var decoder = GenericDecoder(plan.tables, memoryMax: GenericDecoder.memoryMax(limits, reader.bytesLeft))
        return try decoder.value(plan.root, &reader)
    }

    /// Appends a value. When it throws, `out` is as it was.
    public func encode(_ value: GenericValue, into out: inout AvroWriter) throws(AvroError) {
        let before = out.count
        do throws(AvroError) {
            try GenericEncoder(plan.tables).append(value, plan.root, &out, 64)
        } catch {
            out.truncate(to: before)
            throw error
        }
    }

    /// A value in binary form.
    public func encode(_ value: GenericValue) throws(AvroError) -> [UInt8] {
        var out = AvroWriter()
        try encode(value, into: &out)
        return out.bytes
    }
}
