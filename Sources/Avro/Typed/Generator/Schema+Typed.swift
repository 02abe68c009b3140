/// What the generator asks of schemas.
extension Schema {
    /// Whether the type stands for whatever is left of the input.
    var isRest: Bool { attributes.contains { $0.name == "swift" && $0.value.string == "rest" } }

    /// Whether an open type lies somewhere within.
    var containsRest: Bool {
        var seen: Set<String> = []
        return reaches(&seen, through: true) { $0.isRest }
    }

    /// Whether a value of this named type holds another one of it in a struct: arrays and maps do not count, they stay in the input.
    var isRecursive: Bool {
        guard kind == .record, let name else { return false }
        var seen: Set<String> = []
        return fields.contains { $0.schema.reaches(&seen, through: false) { $0.name == name } }
    }

    private func reaches(_ seen: inout Set<String>, through containers: Bool, _ test: (Schema) -> Bool) -> Bool {
        if test(self) { return true }
        switch kind {
        case .record:
            guard let name, seen.insert(name).inserted else { return false }
            return fields.contains { $0.schema.reaches(&seen, through: containers, test) }
        case .union: return branches.contains { $0.reaches(&seen, through: containers, test) }
        case .array: return containers && (items?.reaches(&seen, through: containers, test) ?? false)
        case .map: return containers && (values?.reaches(&seen, through: containers, test) ?? false)
        default: return false
        }
    }

    /// The least number of bytes that a value takes; 0 for what lies inside itself.
    func bytesMin(within outer: Set<String> = []) -> Int {
        switch kind {
        case .null: return 0
        case .boolean, .int, .long, .bytes, .string, .enum, .array, .map: return 1
        case .float: return 4
        case .double: return 8
        case .fixed: return size
        case .union: return 1 + (branches.map { $0.bytesMin(within: outer) }.min() ?? 0)
        case .record:
            guard let name, !outer.contains(name), !isRest else { return 0 }
            return fields.reduce(0) { $0 + $1.schema.bytesMin(within: outer.union([name])) }
        }
    }

    /// The other type of a union of null and one type.
    var optional: (wrapped: Schema, nullFirst: Bool)? {
        let branches = branches
        guard branches.count == 2 else { return nil }
        if branches[0].kind == .null, branches[1].kind != .null { return (branches[1], true) }
        if branches[1].kind == .null, branches[0].kind != .null { return (branches[0], false) }
        return nil
    }
}
