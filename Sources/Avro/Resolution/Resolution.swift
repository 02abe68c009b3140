/// How data of a writer's schema is read as a reader's schema has it: promotions, defaults, aliases, unions, enum defaults, fields to skip.
/// Compiled once into a plan for generic values, Codable, typed values and bytes alike; safe to use from any thread. ``ResolutionCache`` keeps
/// them per pair.
public final class Resolution: Sendable {
    /// The schema of what was written.
    public let writer: Schema
    /// The schema of what is wanted.
    public let reader: Schema
    let plan: ResolutionPlan
    /// The plan by the reader's fields, for generated types.
    @usableFromInline let typed: TypedPlan

    /// Compiles a pair. Throws `schemasIncompatible`, whose place names the field, where no datum at all could be read; a branch or symbol that cannot be is an error of the datum that has it.
    public init(writer: Schema, reader: Schema) throws(AvroError) {
        self.writer = writer
        self.reader = reader
        if writer.graph !== reader.graph || writer.index != reader.index, writer == reader {
            plan = Self.plan(of: writer)
            typed = TypedPlan(plan)
            return
        }
        var compiler = ResolutionCompiler(writer: writer.graph, reader: reader.graph)
        let root = compiler.compile(writer.index, reader.index)
        if compiler.verdict.isHopeless(root) {
            let reasons = Compatibility.reasons(reader: reader, writer: writer).map(\.description)
            throw AvroError(
                .schemasIncompatible, operation: "resolve schemas",
                detail: reasons.isEmpty ? "nothing can be read" : reasons.joined(separator: "; "),
                place: compiler.verdict.place(of: root, compiler))
        }
        let values = try Self.values(compiler, reader.graph)
        plan = ResolutionPlan(compiler, root: root, values: values)
        typed = TypedPlan(plan)
    }

    /// The plan of a schema with itself.
    static func plan(of schema: Schema) -> ResolutionPlan {
        var compiler = ResolutionCompiler(writer: schema.graph, reader: schema.graph)
        let root = compiler.compile(schema.index, schema.index)
        return ResolutionPlan(compiler, root: root, values: [])
    }

    private static func values(_ compiler: ResolutionCompiler, _ graph: SchemaGraph) throws(AvroError) -> [GenericValue] {
        var values: [GenericValue] = []
        for (bytes, type) in zip(compiler.fallbacks, compiler.fallbackTypes) {
            let coder = GenericCoder(Schema(graph: graph, index: type))
            values.append(try coder.decode(bytes))
        }
        return values
    }

    /// The value of one datum, as the reader's schema has it.
    public func decode(_ bytes: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) -> GenericValue {
        try GenericDecoder.decode(plan, bytes, limits)
    }

    /// The value of one datum, as the reader's schema has it.
    public func decode(_ bytes: [UInt8], limits: DecodingLimits = .standard) throws(AvroError) -> GenericValue {
        try GenericDecoder.decode(plan, bytes.span.bytes, limits)
    }
}
