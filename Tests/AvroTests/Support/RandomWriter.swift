import Avro

/// Random other versions of a schema, which a reader of that schema takes at least in part: what typed coding has to resolve.
struct RandomWriter {
    var random: SplitMix
    /// How many fields of a hundred change.
    var changes = 25
    private var names = 0

    init(seed: UInt64) {
        random = SplitMix(state: seed)
    }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    private mutating func isChanged() -> Bool { below(100) < changes }

    /// A schema whose data a reader of `json` resolves.
    mutating func writer(of json: JSONValue) -> JSONValue {
        switch json {
        case .string(let name): return .string(primitive(name))
        case .array(let branches): return union(branches)
        case .object(let members):
            if case .array(let symbols)? = json["symbols"] { return replacing("symbols", .array(shuffled(symbols)), in: members) }
            return .object(
                members.map { member in
                    switch member.name {
                    case "items", "values": return .init(member.name, writer(of: member.value))
                    case "fields": return .init("fields", .array(fields(member.value.array ?? [])))
                    case "type" where member.value.string == nil: return .init("type", writer(of: member.value))
                    default: return member
                    }
                })
        default: return json
        }
    }

    private func replacing(_ name: String, _ value: JSONValue, in members: [JSONValue.Member]) -> JSONValue {
        .object(members.map { $0.name == name ? .init(name, value) : $0 })
    }

    private mutating func shuffled(_ values: [JSONValue]) -> [JSONValue] { isChanged() ? values.shuffled(using: &random) : values }

    /// A type that is promoted to this one.
    private mutating func primitive(_ name: String) -> String {
        guard isChanged() else { return name }
        switch name {
        case "long": return "int"
        case "float": return ["int", "long"][below(2)]
        case "double": return ["int", "long", "float"][below(3)]
        case "string": return "bytes"
        case "bytes": return "string"
        default: return name
        }
    }

    private mutating func union(_ branches: [JSONValue]) -> JSONValue {
        var branches = shuffled(branches)
        // A branch that has a definition stays, since other places may name it, and so does one primitive, so that recursion can end.
        let primitives = branches.indices.filter {
            ["null", "int", "long", "string", "bytes", "double"].contains(branches[$0].string ?? "")
        }
        if isChanged(), primitives.count > 1 { branches.remove(at: primitives[0]) }
        if branches.count == 1, !primitives.isEmpty, isChanged() { return branches[0] }
        return .array(branches.map { branch in branch.string == nil ? writer(of: branch) : branch })
    }

    private mutating func fields(_ fields: [JSONValue]) -> [JSONValue] {
        var result: [JSONValue] = []
        for field in fields {
            if isChanged() { result.append(addition()) }
            let type = field["type"] ?? .null
            let isSimple = type.string.map { ["int", "long", "string", "double"].contains($0) } ?? false
            if isSimple, field["default"] != nil, isChanged() { continue }
            result.append(.object([.init("name", field["name"] ?? .null), .init("type", writer(of: type))]))
        }
        if isChanged() { result.append(addition()) }
        return below(400) < changes ? result.shuffled(using: &random) : result
    }

    private mutating func addition() -> JSONValue {
        names += 1
        let types: [JSONValue] = [
            .string("int"), .string("string"), .array([.string("null"), .string("long")]),
            .object([.init("type", .string("array")), .init("items", .string("bytes"))]), .string("double"),
        ]
        return .object([.init("name", .string("added\(names)")), .init("type", types[below(types.count)])])
    }
}
