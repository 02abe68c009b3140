/// One walk over one document. Faults against the schema are collected and the walk goes on; text that is no JSON ends it.
struct JSONTranscoder: ~Copyable {
    var scanner: JSONScanner
    let nodes: UnsafeMutablePointer<JSONPlan.Node>
    let fields: UnsafeMutablePointer<JSONPlan.Field>
    let names: UnsafeMutablePointer<JSONPlan.Text>
    let numbers: UnsafeMutablePointer<Int32>
    let text: UnsafeMutablePointer<UInt8>
    /// Keeps the memory alive that the pointers above look into.
    let plan: JSONPlan
    let isTagged: Bool
    let faultsMax: Int
    let outputMax: Int
    var faults: [JSONFault] = []
    /// How many faults there were, those left out of `faults` included.
    var raised = 0
    /// While a branch of a union is tried, faults are counted only.
    var isQuiet = false
    /// Where the values of fields stand that came out of order; one stretch for each open record.
    var places: [Int] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, plan: JSONPlan, limits: JSONToAvro.Limits, outputStart: Int) {
        scanner = JSONScanner(bytes, depthMax: limits.depthMax)
        self.plan = plan
        nodes = plan.nodes
        fields = plan.fields
        names = plan.names
        numbers = plan.numbers
        text = plan.text
        isTagged = plan.form == .tagged
        faultsMax = limits.faultsMax
        outputMax = outputStart + (limits.bytesMax ?? 16 * bytes.count + 1 << 20)
    }

    mutating func run(into out: inout AvroWriter) -> JSONRejection? {
        do throws(AvroError) {
            try value(plan.root, &out, 0)
            scanner.skipSpace()
            guard scanner.cursor == scanner.end else { throw scanner.malformed("text after the end of the document") }
        } catch {
            return .malformed(error)
        }
        return raised == 0 ? nil : .unfit(faults)
    }

    // MARK: Faults

    /// Notes a fault at the value that is being read.
    @inline(never)
    mutating func fault(_ detail: String, at pointer: String = "") {
        raised += 1
        if !isQuiet, faults.count < faultsMax { faults.append(JSONFault(pointer: pointer, detail: detail)) }
    }

    /// Notes a fault and steps over the value.
    @inline(never)
    mutating func mismatch(_ expected: String, _ depth: Int) throws(AvroError) {
        let first = scanner.peek()
        fault("expected \(expected), found \(Self.kind(first))")
        try scanner.skip(depth)
    }

    static func kind(_ first: UInt8) -> String {
        switch first {
        case UInt8(ascii: "{"): "an object"
        case UInt8(ascii: "["): "an array"
        case UInt8(ascii: "\""): "a string"
        case UInt8(ascii: "t"), UInt8(ascii: "f"): "a boolean"
        case UInt8(ascii: "n"): "null"
        default: "a number"
        }
    }

    /// Puts a segment in front of the pointers of the faults since `mark`.
    @inline(never)
    mutating func prefix(_ mark: Int, _ segment: String) {
        let shown = "/" + JSONText.pointer(segment.utf8.count > 200 ? segment.prefix(100) + "…" : segment)
        for index in mark..<faults.count { faults[index].pointer = shown + faults[index].pointer }
    }

    // MARK: Values

    mutating func value(_ index: Int32, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        let node = nodes + Int(index)
        scanner.skipSpace()
        switch node.pointee.operation {
        case .record: try record(node, &out, depth)
        case .string: try string(&out, depth)
        case .nullable:
            if scanner.cursor < scanner.end, scanner.cursor.pointee == UInt8(ascii: "n") {
                guard scanner.word("null") else { throw scanner.malformed("expected a value") }
                out.writeLong(Int64(node.pointee.a))
            } else {
                out.writeLong(Int64(node.pointee.b))
                try value(node.pointee.c, &out, depth)
            }
        case .long: try integer(&out, depth, min: .min, max: .max, "a long")
        case .int: try integer(&out, depth, min: Int64(Int32.min), max: Int64(Int32.max), "an int")
        case .double, .float: try floating(node, &out, depth)
        case .boolean:
            if scanner.word("true") {
                out.writeByte(1)
            } else if scanner.word("false") {
                out.writeByte(0)
            } else {
                try mismatch("a boolean", depth)
            }
        case .null: if !scanner.word("null") { try mismatch("null", depth) }
        case .array: try array(node, &out, depth)
        case .map: try map(node, &out, depth)
        case .union: try union(node, &out, depth)
        case .symbol: try symbol(node, &out, depth)
        case .bytes, .fixed: try bytes(node, &out, depth)
        case .decimal, .bigDecimal: try decimal(node, &out, depth)
        case .uuid, .uuidFixed, .date, .time, .timestamp, .localTimestamp, .duration: try logical(node, &out, depth)
        }
    }

    private mutating func enter(_ depth: Int) throws(AvroError) {
        guard depth < scanner.depthMax else { throw scanner.malformed("nested deeper than depthMax (\(scanner.depthMax))") }
        scanner.cursor += 1
    }

    private mutating func array(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        guard scanner.peek() == UInt8(ascii: "[") else { return try mismatch("an array", depth) }
        try enter(depth)
        let place = out.count
        out.writeByte(0)
        var count = 0
        if scanner.peek() == UInt8(ascii: "]") {
            scanner.cursor += 1
        } else {
            repeat {
                let mark = faults.count
                try value(node.pointee.a, &out, depth + 1)
                if faults.count != mark { prefix(mark, String(count)) }
                count += 1
            } while try scanner.another(until: UInt8(ascii: "]"))
        }
        out.closeBlock(at: place, count: count)
    }

    private mutating func map(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        guard scanner.peek() == UInt8(ascii: "{") else { return try mismatch("an object", depth) }
        try enter(depth)
        let place = out.count
        out.writeByte(0)
        var count = 0
        var keys = JSONMapKeys()
        if scanner.peek() == UInt8(ascii: "}") {
            scanner.cursor += 1
        } else {
            repeat {
                guard scanner.peek() == UInt8(ascii: "\"") else { throw scanner.malformed("expected a member's name") }
                let run = try scanner.string()
                let isNew = scanner.bytes(run) { bytes in
                    out.writeBytes(UnsafeRawBufferPointer(bytes))
                    return keys.insert(bytes)
                }
                let key = isNew && !run.isEscaped ? nil : scanner.text(run)
                if !isNew { fault("is given twice", at: "/" + JSONText.pointer(key ?? "")) }
                try scanner.colon()
                let mark = faults.count
                try value(node.pointee.a, &out, depth + 1)
                if faults.count != mark { prefix(mark, key ?? scanner.text(run)) }
                count += 1
            } while try scanner.another(until: UInt8(ascii: "}"))
        }
        out.closeBlock(at: place, count: count)
    }
}

/// The keys of one map that were seen: a list while they are few, then a set.
struct JSONMapKeys {
    private var list: [[UInt8]] = []
    private var set: Set<[UInt8]> = []

    /// Whether the key is new.
    mutating func insert(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let key = Array(key)
        if list.count < 8 {
            if list.contains(key) { return false }
            list.append(key)
            return true
        }
        if set.isEmpty { set = Set(list) }
        return set.insert(key).inserted
    }
}
