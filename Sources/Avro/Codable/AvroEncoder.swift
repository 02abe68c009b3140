/// Writes `Encodable` values as a schema has them. Compile once, use from any thread.
///
/// Properties go to fields of the same name, in any order; one that is nil, or that the type lacks, is null where the field takes null, else the field's
/// default. In a union the first branch that the value fits is taken. `Date`, `UUID`, `Data` and `[UInt8]` go to the logical types, bytes and fixed.
public final class AvroEncoder: Sendable {
    /// The schema of what is written.
    public let schema: Schema
    private let graph: CodingGraph

    /// An encoder for a schema.
    public init(_ schema: Schema) {
        self.schema = schema
        graph = CodingGraph(schema.graph)
    }

    /// The value in binary form.
    public func encode<Value: Encodable>(_ value: Value) throws(AvroError) -> [UInt8] {
        var out = AvroWriter()
        try encode(value, into: &out)
        return out.bytes
    }

    /// Appends the value. When it throws, `out` is as it was.
    public func encode<Value: Encodable>(_ value: Value, into out: inout AvroWriter) throws(AvroError) {
        let before = out.count
        let run = EncodingRun(graph)
        swap(&run.out, &out)
        defer { swap(&run.out, &out) }
        do {
            try run.write(value, graph.places[schema.index])
        } catch let error as AvroError {
            run.out.truncate(to: before)
            throw error
        } catch {
            run.out.truncate(to: before)
            throw AvroError(.valueUnfit, operation: "encode", detail: "\(error)")
        }
    }
}
