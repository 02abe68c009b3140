/// How data of a writer's schema is read as a reader's schema has it: promotions, defaults, aliases, unions, enum defaults, fields to skip.
/// Compiled once into a plan; safe to use from any thread. ``ResolutionCache`` keeps them per pair. ``AvroRewriter`` does the same from bytes to bytes.
public final class Resolution: Sendable {
    /// The schema of what was written.
    public let writer: Schema
    /// The schema of what is wanted.
    public let reader: Schema
    let plan: ResolutionPlan

    /// Compiles a pair. Throws where no datum at all could be read; a branch or symbol that cannot be is an error of the datum that has it.
    public init(writer: Schema, reader: Schema) throws(AvroError) {
        self.writer = writer
        self.reader = reader
        if writer.graph !== reader.graph || writer.index != reader.index, writer == reader {
            plan = Self.plan(of: writer)
            return
        }
        var compiler = ResolutionCompiler(writer: writer.graph, reader: reader.graph)
        let root = compiler.compile(writer.index, reader.index)
        if compiler.nodes[Int(root)].operation == .impossible || (writer.kind == .union && Self.isHopeless(compiler, root)) {
            let reasons = Compatibility.reasons(reader: reader, writer: writer).map(\.description)
            throw AvroError(
                .schemasIncompatible, operation: "resolve",
                detail: reasons.isEmpty ? "nothing can be read" : reasons.joined(separator: "; "))
        }
        let values = try Self.values(compiler, reader.graph)
        plan = ResolutionPlan(compiler, root: root, values: values)
    }

    /// The plan of a schema with itself.
    static func plan(of schema: Schema) -> ResolutionPlan {
        var compiler = ResolutionCompiler(writer: schema.graph, reader: schema.graph)
        let root = compiler.compile(schema.index, schema.index)
        return ResolutionPlan(compiler, root: root, values: [])
    }

    private static func isHopeless(_ compiler: ResolutionCompiler, _ root: Int32) -> Bool {
        let node = compiler.nodes[Int(root)]
        let branches = compiler.numbers[Int(node.a)..<Int(node.a + node.b)]
        return !branches.isEmpty && branches.allSatisfy { compiler.nodes[Int($0)].operation == .impossible }
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
