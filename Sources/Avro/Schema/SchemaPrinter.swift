/// Prints types back as JSON: whole, or in one of the two canonical forms. Each named type is printed in full where it comes first.
struct SchemaPrinter {
    /// `container` is the whole, with errors as records: what every reader of files knows.
    enum Form { case whole, container, parsing, identity }

    private let graph: SchemaGraph
    private let form: Form
    private var printed: Set<Int>
    private var isWhole: Bool { form == .whole || form == .container }

    init(graph: SchemaGraph, form: Form, printed: Set<Int> = []) {
        self.graph = graph
        self.form = form
        self.printed = printed
    }

    mutating func json(_ index: Int) -> JSONValue {
        let node = graph.nodes[index]
        if node.kind == .union { return .array(node.children.map { json($0) }) }
        if let name = node.name, !printed.insert(index).inserted { return .string(name) }
        var members: [JSONValue.Member] = []
        if let name = node.name { members.append(.init("name", .string(name))) }
        members.append(.init("type", .string(node.isError && form == .whole ? "error" : node.kind.rawValue)))
        if isWhole, let doc = node.doc { members.append(.init("doc", .string(doc))) }
        switch node.kind {
        case .record: members.append(.init("fields", .array(node.fields.map { field($0) })))
        case .enum: members.append(.init("symbols", .array(node.symbols.map { .string($0) })))
        case .array: members.append(.init("items", json(node.children[0])))
        case .map: members.append(.init("values", json(node.children[0])))
        case .fixed: members.append(.init("size", .number(String(node.size))))
        default: break
        }
        if form != .parsing {
            if let symbol = node.enumDefault { members.append(.init("default", .string(symbol))) }
            members += annotations(of: node)
            if !node.aliases.isEmpty { members.append(.init("aliases", .array(node.aliases.map { .string($0) }))) }
        }
        if node.kind.isPrimitive, members.count == 1 { return .string(node.kind.rawValue) }
        return .object(members)
    }

    private mutating func field(_ field: SchemaField) -> JSONValue {
        var members = [JSONValue.Member("name", .string(field.name)), JSONValue.Member("type", json(field.type))]
        guard form != .parsing else { return .object(members) }
        if isWhole, let doc = field.doc { members.append(.init("doc", .string(doc))) }
        if let value = field.defaultValue { members.append(.init("default", value)) }
        if field.order != .ascending { members.append(.init("order", .string(field.order.rawValue))) }
        if !field.aliases.isEmpty { members.append(.init("aliases", .array(field.aliases.map { .string($0) }))) }
        if isWhole { members += field.attributes }
        return .object(members)
    }

    /// The attributes that count in this form. In the identity form those of logical types, a decimal's scale of 0 left out.
    private func annotations(of node: SchemaNode) -> [JSONValue.Member] {
        if isWhole { return node.attributes }
        guard let logical = node.attributes.first(where: { $0.name == "logicalType" }) else { return [] }
        if case .decimal(let precision, let scale) = node.logicalType {
            let shown = [logical, .init("precision", .number(String(precision)))]
            return scale == 0 ? shown : shown + [.init("scale", .number(String(scale)))]
        }
        let parts = ["precision", "scale"].compactMap { name in node.attributes.first { $0.name == name } }
        return [logical] + parts
    }
}

extension Schema {
    /// The schema as JSON, with documentation and every attribute. Parsing it gives an equal schema.
    public var json: JSONValue {
        var printer = SchemaPrinter(graph: graph, form: .whole)
        return printer.json(index)
    }

    /// The Parsing Canonical Form of the Avro specification, from which its fingerprints are made: names, types, fields, symbols, sizes; nothing else.
    public var parsingForm: String {
        var printer = SchemaPrinter(graph: graph, form: .parsing)
        return printer.json(index).text
    }

    /// The form that schema ids are made of: the parsing form with `default`, `logicalType`, `precision`, `scale`, `order` and `aliases` kept,
    /// each after the keys of the parsing form and in this order. Documentation and other attributes are dropped, as are `order: ascending` and empty aliases.
    public var identityForm: String {
        var printer = SchemaPrinter(graph: graph, form: .identity)
        return printer.json(index).text
    }
}
