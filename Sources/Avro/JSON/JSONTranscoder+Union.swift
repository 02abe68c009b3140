extension JSONTranscoder {
    /// A union of more than a type and null. The plan says for each kind of value which branches it may be, in the order in which they are tried.
    mutating func union(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        let children = numbers + Int(node.pointee.a)
        let lists = children + Int(node.pointee.b)
        if isTagged { return try tagged(node, children, &out, depth) }
        switch scanner.peek() {
        case UInt8(ascii: "n"): try single(node, lists[0], children, &out, depth)
        case UInt8(ascii: "t"), UInt8(ascii: "f"): try single(node, lists[1], children, &out, depth)
        case UInt8(ascii: "["): try single(node, lists[2], children, &out, depth)
        case UInt8(ascii: "\""): try first(node, after(lists + 3), children, &out, depth)
        case UInt8(ascii: "{"): try object(node, after(after(lists + 3)), children, &out, depth)
        default: try first(node, lists + 3, children, &out, depth)
        }
    }

    /// The list behind a list: each is a count and its branches.
    private func after(_ list: UnsafeMutablePointer<Int32>) -> UnsafeMutablePointer<Int32> { list + Int(list.pointee) + 1 }

    private mutating func write(_ branch: Int32, _ children: UnsafeMutablePointer<Int32>, _ out: inout AvroWriter, _ depth: Int)
        throws(AvroError)
    {
        out.writeLong(Int64(branch))
        try value(children[Int(branch)], &out, depth)
    }

    @inline(never)
    private mutating func noBranch(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ children: UnsafeMutablePointer<Int32>, _ depth: Int)
        throws(AvroError)
    {
        let shown = (0..<min(8, Int(node.pointee.b))).map { plan.name(nodes[Int(children[$0])]) }.joined(separator: ", ")
        try mismatch("one of \(shown)", depth)
    }

    private mutating func single(
        _ node: UnsafeMutablePointer<JSONPlan.Node>, _ branch: Int32, _ children: UnsafeMutablePointer<Int32>, _ out: inout AvroWriter,
        _ depth: Int
    ) throws(AvroError) {
        guard branch >= 0 else { return try noBranch(node, children, depth) }
        try write(branch, children, &out, depth)
    }

    /// The first branch that the number or text fits. These have no parts, so that trying each costs no more than their length.
    private mutating func first(
        _ node: UnsafeMutablePointer<JSONPlan.Node>, _ list: UnsafeMutablePointer<Int32>, _ children: UnsafeMutablePointer<Int32>,
        _ out: inout AvroWriter, _ depth: Int
    ) throws(AvroError) {
        let count = Int(list.pointee)
        guard count > 0 else { return try noBranch(node, children, depth) }
        if count == 1 { return try write(list[1], children, &out, depth) }
        let (from, size, before, wasQuiet) = (scanner.cursor, out.count, raised, isQuiet)
        isQuiet = true
        defer { isQuiet = wasQuiet }
        for position in 1...count {
            try write(list[position], children, &out, depth)
            if raised == before { return }
            raised = before
            scanner.cursor = from
            out.truncate(to: size)
        }
        isQuiet = wasQuiet
        try noBranch(node, children, depth)
    }

    /// The first record that the object's members fit, else a map. Looks one level deep only, so that nesting does not multiply the work.
    private mutating func object(
        _ node: UnsafeMutablePointer<JSONPlan.Node>, _ list: UnsafeMutablePointer<Int32>, _ children: UnsafeMutablePointer<Int32>,
        _ out: inout AvroWriter, _ depth: Int
    ) throws(AvroError) {
        let count = Int(list.pointee)
        guard count > 0 else { return try noBranch(node, children, depth) }
        if count == 1 { return try write(list[1], children, &out, depth) }
        let members = try lookAhead(depth)
        for position in 1...count {
            let child = nodes + Int(children[Int(list[position])])
            if child.pointee.operation == .map || fits(members, child) { return try write(list[position], children, &out, depth) }
        }
        try noBranch(node, children, depth)
    }

    /// The names of an object's members and the first byte of each value; the cursor stays.
    private mutating func lookAhead(_ depth: Int) throws(AvroError) -> [([UInt8], UInt8)] {
        let from = scanner.cursor
        var members: [([UInt8], UInt8)] = []
        guard depth < scanner.depthMax else { throw scanner.malformed("nested deeper than depthMax (\(scanner.depthMax))") }
        scanner.cursor += 1
        if scanner.peek() != UInt8(ascii: "}") {
            repeat {
                guard scanner.peek() == UInt8(ascii: "\"") else { throw scanner.malformed("expected a member's name") }
                let run = try scanner.string()
                let name = scanner.bytes(run) { Array($0) }
                try scanner.colon()
                members.append((name, scanner.peek()))
                try scanner.skip(depth + 1)
            } while try scanner.another(until: UInt8(ascii: "}"))
        }
        scanner.cursor = from
        return members
    }

    /// Whether every member is a field that takes such a value, and every field without a default is there.
    private func fits(_ members: [([UInt8], UInt8)], _ record: UnsafeMutablePointer<JSONPlan.Node>) -> Bool {
        let first = fields + Int(record.pointee.a)
        var required = 0
        for (name, byte) in members {
            guard let found = name.withUnsafeBufferPointer({ find($0, record.pointee.c, record.pointee.d) { first[$0].name } }) else {
                return false
            }
            guard takes(nodes + Int(first[found].node), byte) else { return false }
            if first[found].fallback < 0 { required += 1 }
        }
        for position in 0..<Int(record.pointee.b) where first[position].fallback < 0 { required -= 1 }
        return required >= 0
    }

    /// Whether a type can take a value that begins so.
    private func takes(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ byte: UInt8) -> Bool {
        switch node.pointee.operation {
        case .null: return byte == UInt8(ascii: "n")
        case .boolean: return byte == UInt8(ascii: "t") || byte == UInt8(ascii: "f")
        case .record, .map: return byte == UInt8(ascii: "{")
        case .array: return byte == UInt8(ascii: "[")
        case .int, .long: return byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10
        case .float, .double, .decimal, .bigDecimal:
            return byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "\"")
        case .nullable: return byte == UInt8(ascii: "n") || takes(nodes + Int(node.pointee.c), byte)
        case .union:
            let children = numbers + Int(node.pointee.a)
            return (0..<Int(node.pointee.b)).contains { takes(nodes + Int(children[$0]), byte) }
        default: return byte == UInt8(ascii: "\"")
        }
    }

    /// Avro's own form: `null`, or an object of one member that names the branch.
    private mutating func tagged(
        _ node: UnsafeMutablePointer<JSONPlan.Node>, _ children: UnsafeMutablePointer<Int32>, _ out: inout AvroWriter, _ depth: Int
    ) throws(AvroError) {
        let nullBranch = (children + Int(node.pointee.b))[0]
        guard scanner.peek() == UInt8(ascii: "{") else {
            if scanner.peek() == UInt8(ascii: "n"), nullBranch >= 0 { return try write(nullBranch, children, &out, depth) }
            return try mismatch("an object that names the branch", depth)
        }
        guard depth < scanner.depthMax else { throw scanner.malformed("nested deeper than depthMax (\(scanner.depthMax))") }
        let from = scanner.cursor
        scanner.cursor += 1
        guard scanner.peek() == UInt8(ascii: "\"") else {
            scanner.cursor = from
            return try mismatch("an object that names the branch", depth)
        }
        let tag = scanner.text(try scanner.string())
        guard let branch = (0..<Int(node.pointee.b)).first(where: { plan.name(nodes[Int(children[$0])]) == tag }) else {
            scanner.cursor = from
            let shown = tag.utf8.count > 200 ? tag.prefix(100) + "…" : tag[...]
            fault("'\(shown)' is no branch of the union")
            return try scanner.skip(depth)
        }
        try scanner.colon()
        let mark = faults.count
        try write(Int32(branch), children, &out, depth + 1)
        if faults.count != mark { prefix(mark, tag) }
        if try scanner.another(until: UInt8(ascii: "}")) {
            fault("has more than one member, a union has one")
            scanner.cursor = from
            try scanner.skip(depth)
        }
    }
}
