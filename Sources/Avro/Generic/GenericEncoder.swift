/// Writes a value by a plan of one schema with itself.
struct GenericEncoder {
    private let tables: ResolutionTables
    private var nodes: UnsafeMutablePointer<ResolutionPlan.Node> { tables.nodes }

    init(_ tables: ResolutionTables) {
        self.tables = tables
    }

    @inline(never)
    private func fault(_ value: GenericValue, _ node: UnsafeMutablePointer<ResolutionPlan.Node>) -> AvroError {
        AvroError(.valueUnfit, operation: "encode", detail: "\(kind(value)) where the schema has \(node.pointee.operation)")
    }

    private func kind(_ value: GenericValue) -> String {
        switch value.content {
        case .null: "null"
        case .boolean: "a boolean"
        case .int: "an int"
        case .long: "a long"
        case .float: "a float"
        case .double: "a double"
        case .bytes: "bytes"
        case .string: "a string"
        case .fixed(let bytes): "a fixed of \(bytes.count)"
        case .symbol(let position): "symbol \(position)"
        case .record(let fields): "a record of \(fields.count)"
        case .array: "an array"
        case .map: "a map"
        }
    }

    func append(_ value: GenericValue, _ index: Int32, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        let node = nodes + Int(index)
        switch (value.content, node.pointee.operation) {
        case (_, .union):
            guard value.branch >= 0, value.branch < node.pointee.b else {
                throw AvroError(.branchUnknown, operation: "encode", detail: "branch \(value.branch) of \(node.pointee.b)")
            }
            out.writeLong(Int64(value.branch))
            let wrap = tables.numbers[Int(node.pointee.a + value.branch)]
            try append(value, nodes[Int(wrap)].b, &out, depth)
        case (.string(let text), .string): out.writeString(text)
        case (.long(let number), .long): out.writeLong(number)
        case (.int(let number), .int): out.writeInt(number)
        case (.null, .null): return
        case (.boolean(let flag), .boolean): out.writeBoolean(flag)
        case (.double(let number), .double): out.writeDouble(number)
        case (.float(let number), .float): out.writeFloat(number)
        case (.bytes(let bytes), .bytes): out.writeBytes(bytes)
        case (.fixed(let bytes), .fixed) where bytes.count == Int(node.pointee.a): out.append(bytes)
        case (.symbol(let position), .symbol) where position >= 0 && position < node.pointee.b: out.writeLong(Int64(position))
        case (.record(let fields), .record) where fields.count == Int(node.pointee.b): try record(fields, node, &out, depth)
        case (.array(let items), .array): try array(items, node, &out, depth)
        case (.map(let entries), .map): try map(entries, node, &out, depth)
        default: throw fault(value, node)
        }
    }

    private func enter(_ depth: Int) throws(AvroError) {
        guard depth > 0 else { throw AvroError(.depthMax, operation: "encode", detail: "the value is nested deeper than a decoder takes") }
    }

    private func record(_ fields: [GenericValue], _ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ out: inout AvroWriter, _ depth: Int)
        throws(AvroError)
    {
        try enter(depth)
        let first = tables.steps + Int(node.pointee.a)
        for index in 0..<fields.count {
            do throws(AvroError) {
                try append(fields[index], first[index].node, &out, depth - 1)
            } catch {
                throw error.inside(tables.message(first[index].name))
            }
        }
    }

    private func array(_ items: [GenericValue], _ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ out: inout AvroWriter, _ depth: Int)
        throws(AvroError)
    {
        try enter(depth)
        if !items.isEmpty { out.writeLong(Int64(items.count)) }
        for item in items { try append(item, node.pointee.a, &out, depth - 1) }
        out.writeByte(0)
    }

    private func map(
        _ entries: [GenericValue.Entry], _ node: UnsafeMutablePointer<ResolutionPlan.Node>, _ out: inout AvroWriter, _ depth: Int
    ) throws(AvroError) {
        try enter(depth)
        if !entries.isEmpty { out.writeLong(Int64(entries.count)) }
        for entry in entries {
            out.writeString(entry.key)
            try append(entry.value, node.pointee.a, &out, depth - 1)
        }
        out.writeByte(0)
    }
}

extension AvroError.Code {
    /// A value that is not of the schema it is written by.
    public static let valueUnfit = AvroError.Code("value-unfit")
}
