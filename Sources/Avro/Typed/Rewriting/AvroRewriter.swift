/// Rewrites data of a writer's schema as data of a reader's: Avro's schema resolution from bytes to bytes, by a plan that is compiled once.
///
/// It is how typed coding reads what was written with another schema: rewrite, then decode the straight-line way, with the slices in the
/// rewritten bytes. Fields that did not change are found and copied in runs. Safe to share between threads; keep one a pair.
public final class AvroRewriter: Sendable {
    /// The schema of the input.
    public let writer: Schema
    /// The schema of the output.
    public let reader: Schema
    private let plan: RewritePlan

    /// Compiles the resolution. Throws `schemasIncompatible`, whose place names the field that cannot be read.
    public init(writer: Schema, reader: Schema) throws(AvroError) {
        self.writer = writer
        self.reader = reader
        var planner = RewritePlanner()
        plan = try planner.plan(writer, reader)
    }

    /// Whether input and output are the same bytes, so that nothing needs to be rewritten.
    public var isIdentity: Bool { plan.isIdentity }

    /// Appends the datum that is all of `input` in the reader's schema. When it throws, `out` is as it was.
    ///
    /// `limits.memoryMax` bounds what is appended; nil for 16 times the input plus 1 MiB. Strings that are copied are not validated here:
    /// whoever decodes the result does that.
    public func rewrite(_ input: RawSpan, into out: inout AvroWriter, limits: DecodingLimits = .standard) throws(AvroError) {
        var reader = AvroReader(input, limits: limits)
        let before = out.count
        do throws(AvroError) {
            try walk(&reader, &out, limit: before + (limits.memoryMax ?? 16 * input.byteCount + 1 << 20))
            try reader.finish()
        } catch {
            out.truncate(to: before)
            throw error
        }
    }

    private func walk(_ reader: inout AvroReader, _ out: inout AvroWriter, limit: Int) throws(AvroError) {
        try plan.nodes.withUnsafeBufferPointer { nodes throws(AvroError) in
            try plan.steps.withUnsafeBufferPointer { steps throws(AvroError) in
                try plan.numbers.withUnsafeBufferPointer { numbers throws(AvroError) in
                    try plan.bytes.withUnsafeBufferPointer { bytes throws(AvroError) in
                        let run = RewriteRun(
                            nodes: nodes, steps: steps, numbers: numbers, bytes: UnsafeRawBufferPointer(bytes), limit: limit)
                        try run.node(plan.root, &reader, &out)
                    }
                }
            }
        }
    }
}
