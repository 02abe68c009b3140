/// Whether schemas can read each other's data, with every reason why not.
///
/// Stricter than ``Resolution``, which fails only on data that cannot be read: here one branch or symbol that might be written is a reason.
public enum Compatibility {
    /// Which schemas have to read which.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        /// Nothing is checked.
        case none = "NONE"
        /// The new schema reads what the last one wrote.
        case backward = "BACKWARD"
        /// The new schema reads what all before wrote.
        case backwardTransitive = "BACKWARD_TRANSITIVE"
        /// The last schema reads what the new one writes.
        case forward = "FORWARD"
        /// All before read what the new one writes.
        case forwardTransitive = "FORWARD_TRANSITIVE"
        /// Both, with the last one.
        case full = "FULL"
        /// Both, with all before.
        case fullTransitive = "FULL_TRANSITIVE"

        var isBackward: Bool { self == .backward || self == .backwardTransitive || self == .full || self == .fullTransitive }
        var isForward: Bool { self == .forward || self == .forwardTransitive || self == .full || self == .fullTransitive }
        var isTransitive: Bool { self == .backwardTransitive || self == .forwardTransitive || self == .fullTransitive }
    }

    /// Why `reader` cannot read what `writer` wrote; empty when it can. At most 100 reasons.
    public static func reasons(reader: Schema, writer: Schema) -> [Incompatibility] {
        var check = CompatibilityCheck(writer: writer.graph, reader: reader.graph)
        check.run(writer.index, reader.index)
        return check.reasons
    }

    /// Why a new schema may not follow those before it (oldest first) at a level; empty when it may.
    public static func reasons(_ new: Schema, after before: [Schema], level: Level) -> [Incompatibility] {
        var found: [Incompatibility] = []
        for old in level.isTransitive ? before[...] : before.suffix(1) {
            if level.isBackward { found += reasons(reader: new, writer: old) }
            if level.isForward { found += reasons(reader: old, writer: new) }
        }
        return found
    }
}

/// Walks two schemas side by side; works through a list, so that long chains of types cannot exhaust the stack, and looks at each pair once.
struct CompatibilityCheck {
    private struct Pair: Hashable {
        var writer: Int
        var reader: Int
    }

    private let writer: SchemaGraph
    private let reader: SchemaGraph
    private(set) var reasons: [Incompatibility] = []
    private var seen: Set<Pair> = []
    private var waiting: [(Pair, String)] = []

    init(writer: SchemaGraph, reader: SchemaGraph) {
        self.writer = writer
        self.reader = reader
    }

    mutating func run(_ writerRoot: Int, _ readerRoot: Int) {
        add(writerRoot, readerRoot, "")
        while let (pair, place) = waiting.popLast(), reasons.count < 100 { check(pair, place) }
        reasons.reverse()
    }

    private mutating func add(_ writer: Int, _ reader: Int, _ place: String) {
        let pair = Pair(writer: writer, reader: reader)
        if seen.insert(pair).inserted { waiting.append((pair, place)) }
    }

    private mutating func note(_ kind: Incompatibility.Kind, _ place: String, _ detail: String) {
        reasons.append(Incompatibility(kind: kind, place: place, detail: detail))
    }

    private func label(_ node: SchemaNode) -> String { node.name ?? node.kind.rawValue }

    private mutating func check(_ pair: Pair, _ place: String) {
        let written = writer.nodes[pair.writer]
        let read = reader.nodes[pair.reader]
        if written.kind == .union {
            for (position, branch) in written.children.enumerated() { branchOf(branch, position, pair.reader, place) }
            return
        }
        if read.kind == .union {
            guard let branch = SchemaMatch.branch(for: written, of: read, in: reader) else {
                return note(.typeMismatch, place, "the writer's \(label(written)) is no branch of the reader's union")
            }
            return add(pair.writer, read.children[branch], place)
        }
        guard written.kind == read.kind else {
            guard !SchemaMatch.promotes(written.kind, read.kind) else { return }
            return note(.typeMismatch, place, "the reader has \(label(read)), the writer has \(label(written))")
        }
        guard SchemaMatch.names(written, read) else {
            return note(.nameMismatch, place, "the reader has \(label(read)), the writer has \(label(written))")
        }
        switch written.kind {
        case .fixed:
            if written.size != read.size {
                note(.sizeMismatch, place, "the reader's \(label(read)) has \(read.size) bytes, the writer's \(written.size)")
            }
        case .enum: symbols(written, read, place)
        case .array: add(written.children[0], read.children[0], place + "[]")
        case .map: add(written.children[0], read.children[0], place + "{}")
        case .record: fields(written, read, place)
        default: break
        }
    }

    private mutating func branchOf(_ branch: Int, _ position: Int, _ readerIndex: Int, _ place: String) {
        let written = writer.nodes[branch]
        let read = reader.nodes[readerIndex]
        let fits = read.kind == .union ? SchemaMatch.branch(for: written, of: read, in: reader) != nil : SchemaMatch.matches(written, read)
        guard fits else { return note(.branchMissing, place, "the writer may write \(label(written)), which the reader does not take") }
        add(branch, readerIndex, "\(place)|\(position)")
    }

    private mutating func symbols(_ written: SchemaNode, _ read: SchemaNode, _ place: String) {
        guard read.enumDefault == nil else { return }
        let missing = written.symbols.filter { read.symbolPositions[$0] == nil }
        guard !missing.isEmpty else { return }
        let shown = missing.prefix(8).joined(separator: ", ") + (missing.count > 8 ? ", …" : "")
        note(.symbolsMissing, place, "the reader's \(label(read)) lacks \(shown) and has no default")
    }

    private mutating func fields(_ written: SchemaNode, _ read: SchemaNode, _ place: String) {
        for field in read.fields {
            let here = place.isEmpty ? field.name : "\(place).\(field.name)"
            if let position = SchemaMatch.position(ofWriter: written, for: field) {
                add(written.fields[position].type, field.type, here)
            } else if field.defaultBytes == nil {
                note(.fieldWithoutDefault, here, "the writer lacks the field and the reader has no default for it")
            }
        }
    }
}
