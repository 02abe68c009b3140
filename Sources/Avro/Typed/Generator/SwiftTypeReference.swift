/// How a place of a type is written in Swift: its type, and the code that reads, skips and writes it.
struct SwiftTypeReference {
    /// The Swift type.
    var type: String
    /// The expression that reads it, without `try`.
    var read: String
    /// The statement that skips it.
    var skip: String
    /// The statements that write the value of an expression.
    var write: @Sendable (String) -> [String]
    /// The default of an initializer's parameter, when every value of the type has an obvious one.
    var preset: String?
    /// Whether the type has coders of its own.
    var isTyped = false
    /// Whether an open type lies within, which takes all that is left of the input.
    var reachesEnd = false
    /// For what a run of fields can measure before it is written: how many bytes it takes at most, a constant and a term of the value.
    var room: Room?

    /// At most how many bytes a value takes.
    struct Room {
        var constant: Int
        /// Of the value's expression; nil: the constant is all.
        var term: (@Sendable (String) -> String)?
        /// The statements that write it through a cursor, where they are not those of the writer.
        var write: (@Sendable (String) -> [String])?
    }

    func with(room: Room) -> SwiftTypeReference {
        var copy = self
        copy.room = room
        return copy
    }

    static func simple(_ type: String, _ name: String, skip: String? = nil) -> SwiftTypeReference {
        SwiftTypeReference(
            type: type, read: "reader.read\(name)()", skip: skip ?? "_ = try reader.read\(name)()",
            write: { ["writer.write\(name)(\($0))"] },
            room: Room(constant: 10))
    }

    /// A type that has coders of its own.
    static func typed(_ type: String, preset: String? = nil) -> SwiftTypeReference {
        SwiftTypeReference(
            type: type, read: "\(type)(from: &reader)", skip: "try \(type).skip(&reader)",
            write: { ["\($0).encode(to: &writer, source: source)"] },
            preset: preset, isTyped: true)
    }

    /// `try`, where reading can fail.
    private var attempt: String { isTotal ? "" : "try " }

    /// Whether reading cannot fail.
    var isTotal: Bool { read.hasSuffix("readRest()") }

    /// The expression that reads a record's field which another schema may have written.
    func resolvedField(_ index: Int) -> String {
        let test = "fields.isSame\(reachesEnd ? "ToEnd" : "")(\(index))"
        let place = "fields, \(index)\(reachesEnd ? ", toEnd: true" : ""), &reader, &source"
        if isTyped { return "try \(test) ? \(read) : plan.typed(\(place))" }
        return "try \(test) ? (\(read)) : plan.read(\(place)) { reader throws(AvroError) in \(attempt)\(read) }"
    }

    /// The expression that reads the value of a union's branch which another schema may have written.
    var resolvedBranch: String {
        let test = "branch.isSame\(reachesEnd ? "ToEnd" : "")"
        if isTyped { return "try \(test) ? \(read) : \(type)(from: &reader, resolving: plan, branch.node, source: &source)" }
        return "try \(test) ? (\(read)) : plan.piece(branch.node, &reader, &source) { reader throws(AvroError) in \(attempt)\(read) }"
    }
}

extension SwiftGenerator {
    /// The reference for a field. `union`: the name of the enum for a union in this place; `owner`: the record that holds it.
    func reference(_ schema: Schema, union: String, owner: Schema) -> SwiftTypeReference {
        var reference = plainReference(schema, union: union, owner: owner)
        reference.reachesEnd = schema.containsRest
        return reference
    }

    private func plainReference(_ schema: Schema, union: String, owner: Schema) -> SwiftTypeReference {
        if schema.isRest {
            return SwiftTypeReference(
                type: "Slice", read: "reader.readRest()", skip: "_ = reader.readRest()", write: { ["writer.append(\($0), of: source)"] },
                preset: ".empty",
                room: .init(constant: 0, term: { "Int(\($0).count)" }))
        }
        switch schema.kind {
        case .null: return .typed("AvroNull", preset: "AvroNull()")
        case .boolean: return .simple("Bool", "Boolean")
        case .int: return .simple("Int32", "Int")
        case .long: return .simple("Int64", "Long", skip: "try reader.skipLong()")
        case .float: return .simple("Float", "Float")
        case .double: return .simple("Double", "Double")
        case .bytes:
            return SwiftTypeReference(
                type: "Slice", read: "reader.readBytes()", skip: "try reader.skipBytes()",
                write: { ["writer.writeBytes(\($0), of: source)"] },
                room: .init(constant: 10, term: { "Int(\($0).count)" }))
        case .string:
            return SwiftTypeReference(
                type: "Slice", read: "reader.readString()", skip: "_ = try reader.readString()",
                write: { ["writer.writeBytes(\($0), of: source)"] },
                room: .init(constant: 10, term: { "Int(\($0).count)" }))
        case .record:
            let name = typeName(schema)
            return isInside(schema, owner) ? .typed("AvroLazy<\(name)>") : .typed(name)
        case .enum: return .typed(typeName(schema)).with(room: .init(constant: 10, write: { ["writer.writeInt(\($0).rawValue)"] }))
        case .fixed:
            return .typed(typeName(schema)).with(room: .init(constant: schema.size, write: { ["writer.append(\($0).slice, of: source)"] }))
        case .array:
            return .typed("AvroArray<\(item(schema.items, union: union, owner: owner))>", preset: "AvroArray()").with(room: Self.blocks)
        case .map: return .typed("AvroMap<\(item(schema.values, union: union, owner: owner))>", preset: "AvroMap()").with(room: Self.blocks)
        case .union:
            guard let optional = schema.optional else { return .typed(union) }
            return Self.optional(reference(optional.wrapped, union: union, owner: owner), nullFirst: optional.nullFirst)
        }
    }

    private static let blocks = SwiftTypeReference.Room(
        constant: 1, term: { "Int(\($0).slice.count)" }, write: { ["writer.append(\($0), of: source)"] })

    /// The type of an item of an array or a value of a map, which has coders of its own.
    func item(_ schema: Schema?, union: String, owner: Schema) -> String {
        guard let schema else { return "AvroNull" }
        switch schema.kind {
        case .string: return "AvroText"
        case .bytes: return "AvroBytes"
        case .record: return typeName(schema)
        case .union:
            guard let optional = schema.optional, optional.nullFirst else { return union }
            return item(optional.wrapped, union: union, owner: owner) + "?"
        default: return reference(schema, union: union, owner: owner).type
        }
    }

    /// Whether a record lies inside itself on the way through `owner`: a struct cannot hold it.
    private func isInside(_ schema: Schema, _ owner: Schema) -> Bool {
        guard schema.isRecursive else { return false }
        if schema.name == owner.name { return true }
        return owner.isRecursive
    }

    private static func optional(_ wrapped: SwiftTypeReference, nullFirst: Bool) -> SwiftTypeReference {
        let null = nullFirst ? 0 : 1
        let some = 1 - null
        let write = wrapped.write
        var room: SwiftTypeReference.Room?
        if let inner = wrapped.room {
            let term = inner.term, innerWrite = inner.write ?? write
            room = SwiftTypeReference.Room(constant: inner.constant + 1, write: { branch($0, some: some, null: null, innerWrite) })
            if let term { room?.term = { value in "(\(value).map { \(term("$0")) } ?? 0)" } }
        }
        return SwiftTypeReference(
            type: wrapped.type + "?", read: "reader.readBranch(2) == \(null) ? nil : \(wrapped.read)",
            skip: "if try reader.readBranch(2) != \(null) { \(wrapped.skip) }",
            write: { branch($0, some: some, null: null, write) }, preset: "nil", room: room)
    }

    private static func branch(_ value: String, some: Int, null: Int, _ write: (String) -> [String]) -> [String] {
        ["if let value = \(value) {", "    writer.writeByte(\(some * 2))"] + write("value").map { "    " + $0 }
            + ["} else {", "    writer.writeByte(\(null * 2))", "}"]
    }
}
