/// Compiles the resolution of a writer's schema to a reader's (Avro 1.12, "Schema Resolution").
struct RewritePlanner {
    private var plan = RewritePlan()
    /// Pairs of named types that are compiled or being compiled: their nodes.
    private var known: [Pair: Int] = [:]

    private struct Pair: Hashable {
        var writer: String
        var reader: String
        var isSkip: Bool
    }

    mutating func plan(_ writer: Schema, _ reader: Schema) throws(AvroError) -> RewritePlan {
        plan.root = try resolve(writer, reader, at: "")
        plan.isIdentity = writer.parsingForm == reader.parsingForm
        return plan
    }

    private mutating func add(_ node: RewritePlan.Node) -> Int { plan.add(node) }

    private func refused(_ detail: String, at place: String) -> AvroError {
        AvroError(.schemasIncompatible, operation: "resolve schemas", detail: detail, place: place)
    }

    private static func title(_ schema: Schema) -> String { schema.name.map { "\(schema.kind.rawValue) \($0)" } ?? schema.kind.rawValue }

    // MARK: Writer to reader

    private mutating func resolve(_ writer: Schema, _ reader: Schema, at place: String) throws(AvroError) -> Int {
        if writer.kind == .union { return try resolveUnion(writer, reader, at: place) }
        if reader.kind == .union { return try resolveInto(writer, reader, at: place) }
        switch (writer.kind, reader.kind) {
        case (.null, .null): return add(.null)
        case (.boolean, .boolean): return add(.boolean)
        case (.int, .int): return add(.int)
        case (.int, .long), (.long, .long): return add(.long)
        case (.int, .float), (.long, .float): return add(.longToFloat)
        case (.int, .double), (.long, .double): return add(.longToDouble)
        case (.float, .float): return add(.float)
        case (.float, .double): return add(.floatToDouble)
        case (.double, .double): return add(.double)
        case (.bytes, .bytes), (.string, .string), (.string, .bytes): return add(.run(validated: false))
        case (.bytes, .string): return add(.run(validated: true))
        case (.array, .array):
            guard let from = writer.items, let to = reader.items else { break }
            return add(.array(item: try resolve(from, to, at: place + "/items"), itemBytesMin: from.bytesMin()))
        case (.map, .map):
            guard let from = writer.values, let to = reader.values else { break }
            return add(.map(value: try resolve(from, to, at: place + "/values"), valueBytesMin: from.bytesMin()))
        case (.fixed, .fixed) where Self.namesMatch(writer, reader):
            guard writer.size == reader.size else { throw refused("\(writer.size) bytes were written, \(reader.size) are read", at: place) }
            return add(.fixed(writer.size))
        case (.enum, .enum) where Self.namesMatch(writer, reader): return add(.symbols(plan.add(numbers: symbols(writer, reader))))
        case (.record, .record) where Self.namesMatch(writer, reader): return try resolveRecord(writer, reader, at: place)
        default: break
        }
        throw refused("\(Self.title(writer)) was written, \(Self.title(reader)) is read", at: place)
    }

    /// The unqualified names are the same, or an alias of the reader's type is the writer's full name.
    private static func namesMatch(_ writer: Schema, _ reader: Schema) -> Bool {
        writer.shortName == reader.shortName || reader.aliases.contains { $0 == writer.name }
    }

    private func symbols(_ writer: Schema, _ reader: Schema) -> [Int] {
        let preset = reader.enumDefault.flatMap { reader.position(ofSymbol: $0) } ?? -1
        return writer.symbols.map { reader.position(ofSymbol: $0) ?? preset }
    }

    private mutating func resolveUnion(_ writer: Schema, _ reader: Schema, at place: String) throws(AvroError) -> Int {
        var nodes: [Int] = []
        var last: AvroError?
        for branch in writer.branches {
            do throws(AvroError) {
                nodes.append(try resolve(branch, reader, at: place))
            } catch {
                nodes.append(-1)
                last = error
            }
        }
        if let last, !nodes.contains(where: { $0 >= 0 }) { throw last }
        return add(.branches(plan.add(numbers: nodes)))
    }

    /// The first branch of the same kind and name that can be read, else the first that can.
    private mutating func resolveInto(_ writer: Schema, _ reader: Schema, at place: String) throws(AvroError) -> Int {
        let branches = reader.branches
        let alike = branches.indices.filter { branches[$0].kind == writer.kind && branches[$0].name == writer.name }
        let others = branches.indices.filter { !alike.contains($0) }
        var first: AvroError?
        for index in alike + others {
            do throws(AvroError) {
                let node = try resolve(writer, branches[index], at: place)
                return add(.into(branch: Int32(index), node))
            } catch {
                if first == nil { first = error }
            }
        }
        throw first ?? refused("\(Self.title(writer)) was written, an empty union is read", at: place)
    }

    private mutating func resolveRecord(_ writer: Schema, _ reader: Schema, at place: String) throws(AvroError) -> Int {
        let pair = Pair(writer: writer.name ?? "", reader: reader.name ?? "", isSkip: false)
        if let node = known[pair] { return add(.nested(node)) }
        let before = known
        let index = add(.pending)
        known[pair] = index
        do throws(AvroError) {
            plan.nodes[index] = try fields(writer, reader, at: place)
        } catch {
            // What was compiled meanwhile may lead to the hole that stays here.
            known = before
            throw error
        }
        return index
    }

    private mutating func fields(_ writer: Schema, _ reader: Schema, at place: String) throws(AvroError) -> RewritePlan.Node {
        let written = writer.fields
        var sources: [Int?] = []
        for field in reader.fields {
            let source = writer.position(ofField: field.name) ?? field.aliases.lazy.compactMap { writer.position(ofField: $0) }.first
            guard source != nil || field.defaultBytes != nil else {
                throw refused("the field was not written and has no default", at: place + "/" + field.name)
            }
            sources.append(source)
        }
        let order = sources.compactMap { $0 }
        guard order.elementsEqual(Set(order).sorted()) else { return try reordered(writer, reader, sources, at: place) }
        var steps: [RewritePlan.Step] = []
        var next = 0
        var copied: [Int] = []
        for (field, source) in zip(reader.fields, sources) {
            guard let source else {
                flush(&copied, to: &steps)
                steps.append(.preset(plan.add(bytes: field.defaultBytes ?? [])))
                continue
            }
            while next < source {
                flush(&copied, to: &steps)
                steps.append(.skip(try skipping(written[next].schema)))
                next += 1
            }
            next = source + 1
            let from = written[source].schema
            if from == field.schema, !from.isRecursive {
                copied.append(try skipping(from))
            } else {
                flush(&copied, to: &steps)
                steps.append(.rewrite(try resolve(from, field.schema, at: place + "/" + field.name)))
            }
        }
        flush(&copied, to: &steps)
        while next < written.count {
            steps.append(.skip(try skipping(written[next].schema)))
            next += 1
        }
        return .record(plan.add(steps: steps))
    }

    /// Ends a run of fields that are the same for both.
    private mutating func flush(_ copied: inout [Int], to steps: inout [RewritePlan.Step]) {
        if !copied.isEmpty { steps.append(.copy(plan.add(numbers: copied))) }
        copied = []
    }

    private mutating func reordered(_ writer: Schema, _ reader: Schema, _ sources: [Int?], at place: String) throws(AvroError)
        -> RewritePlan.Node
    {
        var fields: [Int] = []
        for field in writer.fields { fields.append(try skipping(field.schema)) }
        var output: [RewritePlan.Step] = []
        for (field, source) in zip(reader.fields, sources) {
            guard let source else {
                output.append(.preset(plan.add(bytes: field.defaultBytes ?? [])))
                continue
            }
            let node = try resolve(writer.fields[source].schema, field.schema, at: place + "/" + field.name)
            output.append(.field(position: source, node: node))
        }
        return .reordered(fields: plan.add(numbers: fields), output: plan.add(steps: output))
    }

    // MARK: Writer alone

    /// The node that leaves a writer's place behind.
    private mutating func skipping(_ schema: Schema) throws(AvroError) -> Int {
        switch schema.kind {
        case .null: return add(.null)
        case .boolean: return add(.boolean)
        case .int: return add(.int)
        case .long: return add(.long)
        case .float: return add(.float)
        case .double: return add(.double)
        case .bytes, .string: return add(.run(validated: false))
        case .fixed: return add(.fixed(schema.size))
        case .enum: return add(.symbols(plan.add(numbers: Array(schema.symbols.indices))))
        case .array:
            let item = schema.items ?? Schema(.null)
            return add(.array(item: try skipping(item), itemBytesMin: item.bytesMin()))
        case .map:
            let value = schema.values ?? Schema(.null)
            return add(.map(value: try skipping(value), valueBytesMin: value.bytesMin()))
        case .union:
            var nodes: [Int] = []
            for branch in schema.branches { nodes.append(try skipping(branch)) }
            return add(.branches(plan.add(numbers: nodes)))
        case .record:
            let pair = Pair(writer: schema.name ?? "", reader: "", isSkip: true)
            if let node = known[pair] { return add(.nested(node)) }
            let index = add(.pending)
            known[pair] = index
            var steps: [Int] = []
            for field in schema.fields { steps.append(try skipping(field.schema)) }
            plan.nodes[index] = .record(plan.add(steps: [.copy(plan.add(numbers: steps))]))
            return index
        }
    }
}
