extension SwiftGenerator {
    /// The name of the enum for a field's union; it is nested in the field's record.
    func unionName(_ field: String, in schema: Schema) -> String {
        let name = SwiftName.type(SwiftName.member(field))
        return name == typeName(schema) || names.values.contains(name) ? name + "Choice" : name
    }

    /// The enums of a record's unions.
    func appendUnions(_ schema: Schema, to out: inout SwiftText) {
        for field in schema.fields {
            guard let union = union(in: field.schema) else { continue }
            out.line("")
            appendUnion(union, name: unionName(field.name, in: schema), field: field, owner: schema, to: &out)
        }
    }

    /// The union of a place that needs an enum: directly, or as the item of an array or map.
    private func union(in schema: Schema) -> Schema? {
        switch schema.kind {
        case .union:
            if let optional = schema.optional { return union(in: optional.wrapped) }
            return schema
        case .array: return schema.items.flatMap { unionItem($0) }
        case .map: return schema.values.flatMap { unionItem($0) }
        default: return nil
        }
    }

    /// An item has no place for a branch but its own type, so an optional with null behind needs an enum, too.
    private func unionItem(_ schema: Schema) -> Schema? {
        if let optional = schema.optional { return optional.nullFirst ? unionItem(optional.wrapped) : schema }
        return union(in: schema)
    }

    private func appendUnion(_ union: Schema, name: String, field: Schema.Field, owner: Schema, to out: inout SwiftText) {
        let branches = union.branches
        let labels = SwiftName.members(branches.map { $0.shortName ?? $0.kind.rawValue })
        let references = branches.map { reference($0, union: name + "Item", owner: owner) }
        out.doc("What `\(field.name)` can be.")
        out.open("\(access)enum \(name): TypedValue {")
        for (index, label) in labels.enumerated() {
            out.doc("Branch \(index)")
            out.line(branches[index].kind == .null ? "case \(label)" : "case \(label)(\(references[index].type))")
        }
        out.line("")
        out.open("\(inlinable)\(access)init(from reader: inout AvroReader) throws(AvroError) {")
        out.open("switch try reader.readBranch(\(branches.count)) {")
        for (index, label) in labels.enumerated() {
            let head = index == branches.count - 1 ? "default:" : "case \(index):"
            let reference = references[index]
            let value = branches[index].kind == .null ? ".\(label)" : ".\(label)(\(reference.isTotal ? "" : "try ")\(reference.read))"
            out.middle("\(head) self = \(value)")
        }
        out.close()
        out.close()
        out.line("")
        appendResolving(branches, labels, references, to: &out)
        out.line("")
        out.open("\(inlinable)\(access)static func skip(_ reader: inout AvroReader) throws(AvroError) {")
        out.open("switch try reader.readBranch(\(branches.count)) {")
        for index in branches.indices {
            let head = index == branches.count - 1 ? "default:" : "case \(index):"
            out.middle("\(head) \(branches[index].kind == .null ? "break" : references[index].skip)")
        }
        out.close()
        out.close()
        out.line("")
        out.open("\(inlinable)\(access)func encode(to writer: inout AvroWriter, source: RawSpan) {")
        out.open("switch self {")
        for (index, label) in labels.enumerated() {
            let isNull = branches[index].kind == .null
            out.middle(isNull ? "case .\(label):" : "case .\(label)(let value):")
            out.line(index < 64 ? "writer.writeByte(\(index * 2))" : "writer.writeInt(\(index))")
            if !isNull { for line in references[index].write("value") { out.line(line) } }
        }
        out.close()
        out.close()
        out.line("")
        out.line("\(inlinable)\(access)static var bytesMin: Int { \(union.bytesMin()) }")
        out.close()
    }

    /// Reads what another schema wrote, whose branches may be others.
    private func appendResolving(_ branches: [Schema], _ labels: [String], _ references: [SwiftTypeReference], to out: inout SwiftText) {
        out.open("\(inlinable)\(access)\(Self.resolvingHead) {")
        out.line("let branch = try plan.branch(node, count: \(branches.count), &reader)")
        out.open("switch branch.index {")
        for (index, label) in labels.enumerated() {
            let head = index == branches.count - 1 ? "default:" : "case \(index):"
            out.middle("\(head) self = \(branches[index].kind == .null ? ".\(label)" : ".\(label)(\(references[index].resolvedBranch))")")
        }
        out.close()
        out.close()
    }
}
