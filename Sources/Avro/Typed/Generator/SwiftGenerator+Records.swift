extension SwiftGenerator {
    struct Property {
        var name: String
        var field: Schema.Field
        var reference: SwiftTypeReference
    }

    func appendRecord(_ schema: Schema, to out: inout SwiftText) {
        let name = typeName(schema)
        let properties = properties(of: schema)
        out.doc(schema.doc ?? "`\(schema.name ?? name)`")
        out.open("\(access)struct \(name): \(conformance(schema)) {")
        for property in properties {
            out.doc(property.field.doc ?? "`\(property.field.name)`")
            out.line("\(access)var \(property.name): \(property.reference.type)")
        }
        if !properties.isEmpty { out.line("") }
        appendInitializer(properties, to: &out)
        appendCoders(properties, schema, to: &out)
        appendUnions(schema, to: &out)
        out.close()
    }

    private func properties(of schema: Schema) -> [Property] {
        let fields = schema.fields
        let names = SwiftName.members(fields.map(\.name))
        return zip(fields, names).map { field, name in
            Property(name: name, field: field, reference: reference(field.schema, union: unionName(field.name, in: schema), owner: schema))
        }
    }

    private func appendInitializer(_ properties: [Property], to out: inout SwiftText) {
        let parameters = properties.map { property in
            let preset = preset(property)
            return "\(property.name): \(property.reference.type)" + (preset.map { " = " + $0 } ?? "")
        }
        out.doc("A value made by hand.")
        if properties.isEmpty {
            out.line("\(inlinable)\(access)init() {}")
            return
        }
        out.open("\(inlinable)\(access)init(\(parameters.joined(separator: ", "))) {")
        for property in properties { out.line("self.\(property.name) = \(property.name)") }
        out.close()
    }

    /// A parameter's default: the schema's, where Swift can say it without a source; else that of the type.
    private func preset(_ property: Property) -> String? {
        guard let value = property.field.defaultValue else { return property.reference.preset == ".empty" ? ".empty" : nil }
        switch (property.field.schema.kind, value) {
        case (.boolean, .boolean(let flag)): return flag ? "true" : "false"
        case (.int, .number(let text)), (.long, .number(let text)): return text
        case (.float, .number(let text)), (.double, .number(let text)): return text
        case (.string, .string("")), (.bytes, .string("")): return ".empty"
        case (.union, .null): return property.field.schema.optional?.nullFirst == true ? "nil" : nil
        case (.array, .array([])): return "AvroArray()"
        case (.map, .object([])): return "AvroMap()"
        default: return nil
        }
    }

    private func appendCoders(_ properties: [Property], _ schema: Schema, to out: inout SwiftText) {
        out.line("")
        out.open("\(inlinable)\(access)init(from reader: inout AvroReader) throws(AvroError) {")
        for property in properties {
            out.line("self.\(property.name) = \(property.reference.isTotal ? "" : "try ")\(property.reference.read)")
        }
        out.close()
        out.line("")
        appendResolving(properties, to: &out)
        out.line("")
        out.open("\(inlinable)\(access)static func skip(_ reader: inout AvroReader) throws(AvroError) {")
        for property in properties { out.line(property.reference.skip) }
        out.close()
        out.line("")
        out.open("\(inlinable)\(access)func encode(to writer: inout AvroWriter, source: RawSpan) {")
        appendRuns(properties, to: &out)
        out.close()
        out.line("")
        out.line("\(inlinable)\(access)static var bytesMin: Int { \(schema.bytesMin()) }")
        appendSchema(schema, to: &out)
    }

    /// Reads what another schema wrote: a field that did not change costs one look more.
    private func appendResolving(_ properties: [Property], to out: inout SwiftText) {
        out.open("\(inlinable)\(access)\(Self.resolvingHead) {")
        out.open("guard let fields = try plan.fields(node, count: \(properties.count)) else {")
        out.line("self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }")
        out.line("return")
        out.close()
        for (index, property) in properties.enumerated() { out.line("self.\(property.name) = \(property.reference.resolvedField(index))") }
        out.line("try plan.finish(fields, count: \(properties.count), &reader)")
        out.close()
    }

    static let resolvingHead =
        "init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError)"

    /// Fields whose size is known before they are written go into room that is made once; the others write themselves.
    private func appendRuns(_ properties: [Property], to out: inout SwiftText) {
        var rest = properties[...]
        var runs = 0
        while let first = rest.first {
            let run = rest.prefix { $0.reference.room != nil }
            if run.count < 2 {
                for line in first.reference.write("self." + first.name) { out.line(line) }
                rest = rest.dropFirst()
                continue
            }
            let constant = run.reduce(0) { $0 + ($1.reference.room?.constant ?? 0) }
            let terms = run.compactMap { property in property.reference.room?.term.map { $0("self." + property.name) } }
            let cursor = runs == 0 ? "cursor" : "cursor\(runs + 1)"
            runs += 1
            // Sums of their own keep the type checker quick.
            out.line("\(terms.isEmpty ? "let" : "var") room\(runs) = \(constant)")
            for term in terms { out.line("room\(runs) &+= \(term)") }
            out.line("var \(cursor) = writer.begin(room\(runs))")
            for property in run {
                for line in (property.reference.room?.write ?? property.reference.write)("self." + property.name) {
                    out.line(line.replacing("writer.", with: cursor + "."))
                }
            }
            out.line("writer.end(\(cursor))")
            rest = rest.dropFirst(run.count)
        }
    }

    func appendEnum(_ schema: Schema, to out: inout SwiftText) {
        let name = typeName(schema)
        let cases = SwiftName.members(schema.symbols)
        out.doc(schema.doc ?? "`\(schema.name ?? name)`")
        out.open("\(access)enum \(name): Int32, CaseIterable, \(conformance(schema)) {")
        for (symbol, name) in zip(schema.symbols, cases) {
            out.doc("`\(symbol)`")
            out.line("case \(name)")
        }
        out.line("")
        out.doc("The symbol in the schema.")
        out.open("\(access)var symbol: String {")
        out.open("switch self {")
        for (symbol, name) in zip(schema.symbols, cases) { out.middle("case .\(name): \"\(symbol)\"") }
        out.close()
        out.close()
        out.line("")
        out.open("\(inlinable)\(access)init(from reader: inout AvroReader) throws(AvroError) {")
        out.open("switch try reader.readBranch(\(cases.count)) {")
        for (index, name) in cases.enumerated() {
            out.middle(index == cases.count - 1 ? "default: self = .\(name)" : "case \(index): self = .\(name)")
        }
        out.close()
        out.close()
        out.line("")
        out.line("\(inlinable)\(access)func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeInt(rawValue) }")
        out.line("\(inlinable)\(access)static var bytesMin: Int { 1 }")
        appendSchema(schema, to: &out)
        out.close()
    }

    func appendFixed(_ schema: Schema, to out: inout SwiftText) {
        let name = typeName(schema)
        out.doc(schema.doc ?? "`\(schema.name ?? name)`: \(schema.size) bytes.")
        out.open("\(access)struct \(name): \(conformance(schema)), Hashable {")
        out.doc("Where the bytes are.")
        out.line("\(access)var slice: Slice")
        out.line("")
        out.doc("A value that lies in a source; `slice` has \(schema.size) bytes.")
        out.open("\(inlinable)\(access)init(_ slice: Slice) {")
        out.line("precondition(slice.count == \(schema.size))")
        out.line("self.slice = slice")
        out.close()
        out.line(
            "\(inlinable)\(access)init(from reader: inout AvroReader) throws(AvroError) { slice = try reader.readFixed(\(schema.size)) }")
        out.line("\(inlinable)\(access)func encode(to writer: inout AvroWriter, source: RawSpan) { writer.append(slice, of: source) }")
        out.line("\(inlinable)\(access)static var bytesMin: Int { \(schema.size) }")
        appendSchema(schema, to: &out)
        out.close()
    }
}
