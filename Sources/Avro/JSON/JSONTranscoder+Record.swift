extension JSONTranscoder {
    /// A record: straight through while the members come in the schema's order; from the first that does not, values are noted and written at the end.
    mutating func record(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        guard scanner.cursor < scanner.end, scanner.cursor.pointee == UInt8(ascii: "{") else { return try mismatch("an object", depth) }
        guard depth < scanner.depthMax else { throw scanner.malformed("nested deeper than depthMax (\(scanner.depthMax))") }
        scanner.cursor += 1
        let first = fields + Int(node.pointee.a)
        let count = Int(node.pointee.b)
        var next = 0
        var stretch = -1
        if scanner.peek() == UInt8(ascii: "}") {
            scanner.cursor += 1
        } else {
            repeat {
                guard scanner.peek() == UInt8(ascii: "\"") else { throw scanner.malformed("expected a member's name") }
                if next < count, stretch < 0, take(name: first + next) {
                    try scanner.colon()
                    let mark = faults.count
                    try value(first[next].node, &out, depth + 1)
                    if faults.count != mark { prefix(mark, plan.string(first[next].name)) }
                    next += 1
                } else {
                    try member(node, next, &stretch, depth)
                }
            } while try scanner.another(until: UInt8(ascii: "}"))
        }
        if next < count { try rest(node, next, stretch, &out, depth) }
        if stretch >= 0 { places.removeLast(places.count - stretch) }
    }

    /// Takes the quoted name when it is exactly this one, without escapes.
    @inline(__always)
    mutating func take(name field: UnsafeMutablePointer<JSONPlan.Field>) -> Bool {
        let count = Int(field.pointee.name.count)
        let key = scanner.cursor + 1
        guard scanner.end - key > max(count, 7) else { return takeNearEnd(field) }
        let word = UInt64(littleEndian: UnsafeRawPointer(key).loadUnaligned(as: UInt64.self))
        guard word & field.pointee.name.mask == field.pointee.name.head, key[count] == UInt8(ascii: "\"") else { return false }
        if count > 8 {
            let name = text + Int(field.pointee.name.offset)
            var index = 8
            while index < count {
                guard key[index] == name[index] else { return false }
                index += 1
            }
        }
        scanner.cursor = key + count + 1
        return true
    }

    @inline(never)
    private mutating func takeNearEnd(_ field: UnsafeMutablePointer<JSONPlan.Field>) -> Bool {
        let count = Int(field.pointee.name.count)
        let key = scanner.cursor + 1
        guard scanner.end - key > count, key[count] == UInt8(ascii: "\"") else { return false }
        let name = text + Int(field.pointee.name.offset)
        for index in 0..<count where key[index] != name[index] { return false }
        scanner.cursor = key + count + 1
        return true
    }

    /// A member out of order: notes where its value is and steps over it.
    @inline(never)
    private mutating func member(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ next: Int, _ stretch: inout Int, _ depth: Int)
        throws(AvroError)
    {
        let run = try scanner.string()
        let found = scanner.bytes(run) { find($0, node.pointee.c, node.pointee.d) { fields[Int(node.pointee.a) + $0].name } }
        let key = found == nil ? scanner.text(run) : ""
        try scanner.colon()
        scanner.skipSpace()
        if let found {
            if stretch < 0 {
                stretch = places.count
                places.append(contentsOf: repeatElement(-1, count: Int(node.pointee.b)))
            }
            if found < next || places[stretch + found] >= 0 {
                fault("is given twice", at: "/" + JSONText.pointer(plan.string(fields[Int(node.pointee.a) + found].name)))
            } else {
                places[stretch + found] = scanner.cursor - scanner.start
            }
        } else {
            let shown = key.utf8.count > 200 ? key.prefix(100) + "…" : key
            fault("is not a field of \(plan.name(node.pointee))", at: "/" + JSONText.pointer(shown))
        }
        try scanner.skip(depth + 1)
    }

    /// The position of a key in a hash table of the plan.
    func find(_ key: UnsafeBufferPointer<UInt8>, _ table: Int32, _ mask: Int32, _ name: (Int) -> JSONPlan.Text) -> Int? {
        var slot = Int(JSONPlan.hash(key)) & Int(mask)
        while true {
            let position = Int(numbers[Int(table) + slot])
            guard position >= 0 else { return nil }
            let candidate = name(position)
            if Int(candidate.count) == key.count {
                let bytes = text + Int(candidate.offset)
                var index = 0
                while index < key.count, bytes[index] == key[index] { index += 1 }
                if index == key.count { return position }
            }
            slot = (slot + 1) & Int(mask)
        }
    }

    /// The fields that were not written in passing: from where their values stand, by default, or missing.
    @inline(never)
    private mutating func rest(
        _ node: UnsafeMutablePointer<JSONPlan.Node>, _ next: Int, _ stretch: Int, _ out: inout AvroWriter, _ depth: Int
    ) throws(AvroError) {
        let after = scanner.cursor
        for position in next..<Int(node.pointee.b) {
            let field = fields + Int(node.pointee.a) + position
            let place = stretch < 0 ? -1 : places[stretch + position]
            if place >= 0 {
                scanner.cursor = scanner.start + place
                let mark = faults.count
                try value(field.pointee.node, &out, depth + 1)
                if faults.count != mark { prefix(mark, plan.string(field.pointee.name)) }
            } else if field.pointee.fallback >= 0 {
                guard out.count + Int(field.pointee.fallbackCount) <= outputMax else {
                    throw scanner.malformed("defaults make the result larger than bytesMax (\(outputMax))")
                }
                out.append(UnsafeRawBufferPointer(start: text + Int(field.pointee.fallback), count: Int(field.pointee.fallbackCount)))
            } else {
                fault("is missing", at: "/" + JSONText.pointer(plan.string(field.pointee.name)))
            }
        }
        scanner.cursor = after
    }
}
