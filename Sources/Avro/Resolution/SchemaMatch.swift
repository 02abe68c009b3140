/// The rules of schema resolution that need no plan: which types can stand for each other (Avro 1.12, "Schema Resolution").
enum SchemaMatch {
    /// Unqualified names agree, or the reader has an alias for the writer's name.
    static func names(_ writer: SchemaNode, _ reader: SchemaNode) -> Bool {
        guard let written = writer.name, let read = reader.name else { return true }
        return short(written) == short(read) || reader.aliases.contains(written)
    }

    static func short(_ name: String) -> Substring {
        guard let dot = name.lastIndex(of: ".") else { return name[...] }
        return name[name.index(after: dot)...]
    }

    /// Whether a value written as one kind can be read as the other, which differs.
    static func promotes(_ writer: Schema.Kind, _ reader: Schema.Kind) -> Bool {
        switch (writer, reader) {
        case (.int, .long), (.int, .float), (.int, .double), (.long, .float), (.long, .double), (.float, .double), (.string, .bytes),
            (.bytes, .string):
            true
        default: false
        }
    }

    /// Whether the types match without a look at their parts.
    static func matches(_ writer: SchemaNode, _ reader: SchemaNode) -> Bool {
        guard writer.kind == reader.kind else { return promotes(writer.kind, reader.kind) }
        switch writer.kind {
        case .fixed: return writer.size == reader.size && names(writer, reader)
        case .record, .enum: return names(writer, reader)
        default: return true
        }
    }

    /// The branch of a reader's union that takes a writer's type: the same full name or kind first, then by unqualified name or alias, then by promotion.
    static func branch(for writer: SchemaNode, of union: SchemaNode, in graph: SchemaGraph) -> Int? {
        let branches = union.children.map { graph.nodes[$0] }
        if let exact = branches.firstIndex(where: { $0.kind == writer.kind && $0.name == writer.name && matches(writer, $0) }) {
            return exact
        }
        if let named = branches.firstIndex(where: { $0.kind == writer.kind && matches(writer, $0) }) { return named }
        return branches.firstIndex { matches(writer, $0) }
    }

    /// The position of the writer's field that a reader's field is read from.
    static func position(ofWriter writer: SchemaNode, for field: SchemaField) -> Int? {
        if let same = writer.fieldPositions[field.name] { return same }
        for alias in field.aliases { if let other = writer.fieldPositions[alias] { return other } }
        return nil
    }
}
