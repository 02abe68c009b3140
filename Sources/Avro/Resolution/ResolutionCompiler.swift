/// Compiles a pair of schemas into a plan; works through a list, and compiles each pair of types once.
struct ResolutionCompiler {
    private struct Pair: Hashable {
        var writer: Int
        var reader: Int
        /// The writer's type alone, to skip or copy it.
        var isAlone: Bool
    }

    private let writer: SchemaGraph
    private let reader: SchemaGraph
    private let sizes: [Int]
    private(set) var nodes: [ResolutionPlan.Node] = []
    private(set) var steps: [ResolutionPlan.Step] = []
    private(set) var numbers: [Int32] = []
    private(set) var messages: [String] = []
    private(set) var fallbacks: [[UInt8]] = []
    /// The types of the defaults, in the reader's graph.
    private(set) var fallbackTypes: [Int] = []
    /// Which nodes change nothing, and which no datum gets through.
    private(set) var verdict = ResolutionVerdict([], [], [])
    private var places: [Pair: Int32] = [:]
    private var waiting: [Pair] = []

    init(writer: SchemaGraph, reader: SchemaGraph) {
        self.writer = writer
        self.reader = reader
        sizes = MinimumSizes.compute(writer)
    }

    mutating func compile(_ writerRoot: Int, _ readerRoot: Int) -> Int32 {
        let root = place(Pair(writer: writerRoot, reader: readerRoot, isAlone: writer === reader && writerRoot == readerRoot))
        while let next = waiting.popLast() { fill(next) }
        verdict = ResolutionVerdict(nodes, steps, numbers)
        for index in nodes.indices { nodes[index].isIdentity = verdict.isIdentity[index] }
        return root
    }

    private mutating func place(_ pair: Pair) -> Int32 {
        if let known = places[pair] { return known }
        nodes.append(ResolutionPlan.Node(operation: .null))
        places[pair] = Int32(nodes.count - 1)
        waiting.append(pair)
        return Int32(nodes.count - 1)
    }

    private mutating func message(_ text: String) -> Int32 {
        messages.append(text)
        return Int32(messages.count - 1)
    }

    private mutating func fill(_ pair: Pair) {
        var node = ResolutionPlan.Node(operation: .null)
        if pair.isAlone { alone(pair, &node) } else { both(pair, &node) }
        node.bytesMin = Int32(clamping: sizes[pair.writer])
        if let at = places[pair] { nodes[Int(at)] = node }
    }

    // MARK: One type, read as it is

    private mutating func alone(_ pair: Pair, _ node: inout ResolutionPlan.Node) {
        let source = writer.nodes[pair.writer]
        func child(_ index: Int) -> Pair { Pair(writer: index, reader: index, isAlone: true) }
        switch source.kind {
        case .array, .map:
            node.operation = source.kind == .array ? .array : .map
            node.a = place(child(source.children[0]))
        case .union:
            node.operation = .union
            let wraps = source.children.enumerated().map { position, index in wrap(position, place(child(index))) }
            (node.a, node.b) = (Int32(numbers.count), Int32(wraps.count))
            numbers += wraps
        case .record:
            node.operation = .record
            let added = source.fields.enumerated().map { position, field in
                ResolutionPlan.Step(position: Int32(position), node: place(child(field.type)), fallback: -1, name: message(field.name))
            }
            (node.a, node.b, node.c) = (Int32(steps.count), Int32(added.count), Int32(added.count))
            steps += added
        case .enum:
            node.operation = .symbol
            (node.a, node.b) = (Int32(numbers.count), Int32(source.symbols.count))
            numbers += source.symbols.indices.map { Int32($0) }
        default: scalar(source, &node)
        }
    }

    private func scalar(_ source: SchemaNode, _ node: inout ResolutionPlan.Node) {
        switch source.kind {
        case .boolean: node.operation = .boolean
        case .int: node.operation = .int
        case .long: node.operation = .long
        case .float: node.operation = .float
        case .double: node.operation = .double
        case .bytes: node.operation = .bytes
        case .string: node.operation = .string
        case .fixed: (node.operation, node.a) = (.fixed, Int32(source.size))
        default: node.operation = .null
        }
    }

    private mutating func wrap(_ branch: Int, _ child: Int32) -> Int32 {
        nodes.append(ResolutionPlan.Node(operation: .wrap, a: Int32(branch), b: child))
        return Int32(nodes.count - 1)
    }

    // MARK: Two types

    private mutating func both(_ pair: Pair, _ node: inout ResolutionPlan.Node) {
        let written = writer.nodes[pair.writer]
        let read = reader.nodes[pair.reader]
        if written.kind == .union {
            let children = written.children.map { branch -> Int32 in
                let target = writer.nodes[branch]
                guard read.kind != .union else { return union(branch, target, read) }
                return SchemaMatch.matches(target, read)
                    ? place(Pair(writer: branch, reader: pair.reader, isAlone: false)) : impossible(target, read)
            }
            node.operation = .union
            (node.a, node.b) = (Int32(numbers.count), Int32(children.count))
            numbers += children
            return
        }
        if read.kind == .union {
            let child = union(pair.writer, written, read)
            node = nodes[Int(child)]
            return
        }
        guard SchemaMatch.matches(written, read) else {
            node = nodes[Int(impossible(written, read))]
            return
        }
        guard written.kind == read.kind else {
            node.operation = promotion(written.kind, read.kind)
            return
        }
        switch written.kind {
        case .array, .map:
            node.operation = written.kind == .array ? .array : .map
            node.a = place(Pair(writer: written.children[0], reader: read.children[0], isAlone: false))
        case .record: record(written, read, &node)
        case .enum: symbols(written, read, &node)
        default: scalar(written, &node)
        }
    }

    /// A writer's type into the reader's union.
    private mutating func union(_ index: Int, _ written: SchemaNode, _ read: SchemaNode) -> Int32 {
        guard let branch = SchemaMatch.branch(for: written, of: read, in: reader) else { return impossible(written, read) }
        return wrap(branch, place(Pair(writer: index, reader: read.children[branch], isAlone: false)))
    }

    private mutating func impossible(_ written: SchemaNode, _ read: SchemaNode) -> Int32 {
        let text = "the writer's \(written.name ?? written.kind.rawValue) cannot be read as \(read.name ?? read.kind.rawValue)"
        nodes.append(ResolutionPlan.Node(operation: .impossible, a: message(text), b: -1))
        return Int32(nodes.count - 1)
    }

    private func promotion(_ written: Schema.Kind, _ read: Schema.Kind) -> ResolutionPlan.Operation {
        switch (written, read) {
        case (.int, .long): .intToLong
        case (.int, .float): .intToFloat
        case (.int, .double): .intToDouble
        case (.long, .float): .longToFloat
        case (.long, .double): .longToDouble
        case (.float, .double): .floatToDouble
        case (.string, .bytes): .stringToBytes
        default: .bytesToString
        }
    }

    private mutating func symbols(_ written: SchemaNode, _ read: SchemaNode, _ node: inout ResolutionPlan.Node) {
        node.operation = .symbol
        (node.a, node.b) = (Int32(numbers.count), Int32(written.symbols.count))
        let fallback = read.enumDefault.flatMap { read.symbolPositions[$0] } ?? -1
        numbers += written.symbols.map { Int32(read.symbolPositions[$0] ?? fallback) }
    }

    /// Steps in the writer's order. Where the reader's order is the same, defaults stand where they belong, so that values come out in order.
    private mutating func record(_ written: SchemaNode, _ read: SchemaNode, _ node: inout ResolutionPlan.Node) {
        var targets: [Int: Int] = [:]
        var missing: [ResolutionPlan.Step] = []
        for (position, field) in read.fields.enumerated() {
            if let source = SchemaMatch.position(ofWriter: written, for: field), targets[source] == nil {
                targets[source] = position
            } else if let bytes = field.defaultBytes {
                fallbacks.append(bytes)
                fallbackTypes.append(field.type)
                missing.append(.init(position: Int32(position), node: -1, fallback: Int32(fallbacks.count - 1), name: message(field.name)))
            } else {
                let text = "the writer's \(written.name ?? "") lacks the field '\(field.name)', for which the reader has no default"
                node = .init(operation: .impossible, a: message(text), b: message(field.name))
                return
            }
        }
        var added: [ResolutionPlan.Step] = []
        for (source, field) in written.fields.enumerated() {
            if let target = targets[source] {
                let child = place(Pair(writer: field.type, reader: read.fields[target].type, isAlone: false))
                added.append(.init(position: Int32(target), node: child, fallback: -1, name: message(read.fields[target].name)))
            } else {
                let child = place(Pair(writer: field.type, reader: field.type, isAlone: true))
                added.append(.init(position: -1, node: child, fallback: -1, name: message(field.name)))
            }
        }
        let order = added.map(\.position).filter { $0 >= 0 }
        let isOrdered = zip(order, order.dropFirst()).allSatisfy { $0 < $1 }
        node.operation = .record
        (node.a, node.c, node.d) = (Int32(steps.count), Int32(read.fields.count), isOrdered ? 0 : 1)
        steps += isOrdered ? merge(added, missing) : added + missing
        node.b = Int32(steps.count) - node.a
    }

    private func merge(_ added: [ResolutionPlan.Step], _ missing: [ResolutionPlan.Step]) -> [ResolutionPlan.Step] {
        var merged: [ResolutionPlan.Step] = []
        var rest = missing[...]
        for step in added {
            while step.position >= 0, let next = rest.first, next.position < step.position {
                merged.append(next)
                rest.removeFirst()
            }
            merged.append(step)
        }
        return merged + rest
    }
}
