import FoundationEssentials

/// Writes a tree as a schema has it.
struct TreeWriter {
    private let graph: CodingGraph

    init(_ graph: CodingGraph) {
        self.graph = graph
    }

    private func unfit(_ tree: EncodingTree, _ node: CodingNode) -> AvroError {
        let shown: String
        switch tree {
        case .null: shown = "nil"
        case .boolean: shown = "a boolean"
        case .integer(let value): shown = "\(value)"
        case .unsigned(let value): shown = "\(value)"
        case .float, .double: shown = "a floating-point number"
        case .string: shown = "a string"
        case .bytes(let bytes): shown = "\(bytes.count) bytes"
        case .date: shown = "a date"
        case .uuid: shown = "a UUID"
        case .keyed: shown = "properties"
        case .unkeyed: shown = "a list"
        }
        return AvroError(.valueUnfit, operation: "encode", detail: "\(shown) where the schema has \(node.name)")
    }

    func append(_ tree: EncodingTree, _ index: Int, _ out: inout AvroWriter) throws(AvroError) {
        let node = graph.nodes[index]
        switch (node.kind, tree) {
        case (.union, _): try union(tree, node, &out)
        case (.null, .null): return
        case (.boolean, .boolean(let value)): out.writeBoolean(value)
        case (.string, .string(let text)): out.writeString(text)
        case (.string, .uuid(let uuid)): out.writeString(uuid.uuidString.lowercased())
        case (.enum, .string(let symbol)):
            guard let position = node.symbolPositions[symbol] else {
                throw AvroError(.valueUnfit, operation: "encode", detail: "'\(symbol)' is not a symbol of \(node.name)")
            }
            out.writeLong(Int64(position))
        case (.int, _), (.long, _): try integer(tree, node, &out)
        case (.double, _), (.float, _): try floating(tree, node, &out)
        case (.bytes, .bytes(let bytes)): out.writeBytes(bytes)
        case (.fixed, .bytes(let bytes)) where bytes.count == node.size: out.append(bytes)
        case (.fixed, .uuid(let uuid)) where node.size == 16: withUnsafeBytes(of: uuid.uuid) { out.append($0) }
        case (.bytes, .unkeyed), (.fixed, .unkeyed): try bytes(tree, node, &out)
        case (.bytes, .string(let text)), (.fixed, .string(let text)): try decimal(text, tree, node, &out)
        case (.array, .unkeyed(let list)): try array(list, node, &out)
        case (.array, .bytes(let bytes)):
            let list = UnkeyedTree()
            list.values = bytes.map { TreeSlot(.integer(Int64($0))) }
            try array(list, node, &out)
        case (.map, .keyed(let members)): try map(members, node, &out)
        case (.record, .keyed(let members)): try record(members, node, &out)
        default: throw unfit(tree, node)
        }
    }

    // MARK: Numbers and times

    private func integer(_ tree: EncodingTree, _ node: CodingNode, _ out: inout AvroWriter) throws(AvroError) {
        var value: Int64?
        switch tree {
        case .integer(let number): value = number
        case .unsigned(let number): value = Int64(exactly: number)
        case .date(let date): value = TimeUnits.units(of: date, node.logicalType)
        default: break
        }
        guard let value, node.kind == .long || Int32(exactly: value) != nil else { throw unfit(tree, node) }
        out.writeLong(value)
    }

    private func floating(_ tree: EncodingTree, _ node: CodingNode, _ out: inout AvroWriter) throws(AvroError) {
        let value: Double
        switch tree {
        case .double(let number): value = number
        case .float(let number):
            if node.kind == .float { return out.writeFloat(number) }
            value = Double(number)
        case .integer(let number): value = Double(number)
        case .unsigned(let number): value = Double(number)
        default: throw unfit(tree, node)
        }
        if node.kind == .float { out.writeFloat(Float(value)) } else { out.writeDouble(value) }
    }

    private func bytes(_ tree: EncodingTree, _ node: CodingNode, _ out: inout AvroWriter) throws(AvroError) {
        guard case .unkeyed(let list) = tree else { throw unfit(tree, node) }
        var bytes: [UInt8] = []
        for slot in list.values {
            guard case .integer(let number) = slot.tree, let byte = UInt8(exactly: number) else { throw unfit(tree, node) }
            bytes.append(byte)
        }
        try append(.bytes(bytes), node, &out, tree)
    }

    private func append(_ tree: EncodingTree, _ node: CodingNode, _ out: inout AvroWriter, _ original: EncodingTree) throws(AvroError) {
        guard case .bytes(let bytes) = tree, node.kind == .bytes || bytes.count == node.size else { throw unfit(original, node) }
        if node.kind == .bytes { out.writeBytes(bytes) } else { out.append(bytes) }
    }

    /// A decimal as text; `Decimal` encodes itself otherwise, so say `String(describing:)` of it.
    private func decimal(_ text: String, _ tree: EncodingTree, _ node: CodingNode, _ out: inout AvroWriter) throws(AvroError) {
        guard case .decimal(let precision, let scale) = node.logicalType,
            let parsed = Array(text.utf8).withUnsafeBufferPointer({ DecimalText.parse($0) }),
            let value = DecimalText.rescale(parsed, to: scale),
            value.digits.count <= precision
        else { throw unfit(tree, node) }
        var bytes = DecimalText.bytes(value)
        if node.kind == .fixed {
            guard bytes.count <= node.size else { throw unfit(tree, node) }
            bytes.insert(contentsOf: repeatElement(bytes[0] & 0x80 != 0 ? 0xFF : 0, count: node.size - bytes.count), at: 0)
        }
        try append(.bytes(bytes), node, &out, tree)
    }

    // MARK: Parts

    private func array(_ list: UnkeyedTree, _ node: CodingNode, _ out: inout AvroWriter) throws(AvroError) {
        if !list.values.isEmpty { out.writeLong(Int64(list.values.count)) }
        for (position, slot) in list.values.enumerated() {
            do throws(AvroError) {
                try append(slot.tree ?? .keyed(KeyedTree()), node.children[0], &out)
            } catch {
                throw error.inside("[\(position)]")
            }
        }
        out.writeByte(0)
    }

    private func map(_ members: KeyedTree, _ node: CodingNode, _ out: inout AvroWriter) throws(AvroError) {
        if !members.keys.isEmpty { out.writeLong(Int64(members.keys.count)) }
        for (key, slot) in zip(members.keys, members.values) {
            out.writeString(key)
            do throws(AvroError) {
                try append(slot.tree ?? .keyed(KeyedTree()), node.children[0], &out)
            } catch {
                throw error.inside(key)
            }
        }
        out.writeByte(0)
    }

    private func record(_ members: KeyedTree, _ node: CodingNode, _ out: inout AvroWriter) throws(AvroError) {
        var used = 0
        for position in node.fieldNames.indices {
            let isNext = position < members.keys.count && members.keys[position] == node.fieldNames[position]
            let found = isNext ? position : members.position(of: node.fieldNames[position])
            do throws(AvroError) {
                if let found {
                    used += 1
                    try append(members.values[found].tree ?? .keyed(KeyedTree()), node.fieldTypes[position], &out)
                } else {
                    try absent(position, node, &out)
                }
            } catch {
                throw error.inside(node.fieldNames[position])
            }
        }
        guard used == members.keys.count else {
            let unknown = members.keys.filter { node.fieldPositions[$0] == nil }.joined(separator: ", ")
            throw AvroError(.valueUnfit, operation: "encode", detail: "\(node.name) has no field \(unknown)")
        }
    }

    /// A field that the value does not have: null where it can be, else its default.
    func absent(_ position: Int, _ record: CodingNode, _ out: inout AvroWriter) throws(AvroError) {
        let type = graph.nodes[record.fieldTypes[position]]
        if type.kind == .null { return }
        if let branch = type.null { return out.writeLong(Int64(branch)) }
        guard let bytes = record.fieldDefaults[position] else {
            throw AvroError(.valueUnfit, operation: "encode", detail: "the field is missing and has no default")
        }
        out.append(bytes)
    }

    /// The first branch that the value fits.
    private func union(_ tree: EncodingTree, _ node: CodingNode, _ out: inout AvroWriter) throws(AvroError) {
        let start = out.count
        var last: AvroError?
        for (branch, child) in node.children.enumerated() where mayFit(tree, graph.nodes[child]) {
            do throws(AvroError) {
                out.writeLong(Int64(branch))
                return try append(tree, child, &out)
            } catch {
                out.truncate(to: start)
                last = error
            }
        }
        throw last ?? unfit(tree, node)
    }

    /// Whether a branch is worth a try: by kind, and of a record by the names of its fields, so that nesting does not multiply the work.
    private func mayFit(_ tree: EncodingTree, _ node: CodingNode) -> Bool {
        switch (tree, node.kind) {
        case (.null, .null), (.boolean, .boolean), (.integer, .int), (.integer, .long), (.integer, .float), (.integer, .double),
            (.unsigned, .int), (.unsigned, .long),
            (.unsigned, .double), (.float, .float), (.float, .double), (.double, .double), (.double, .float), (.string, .string),
            (.string, .enum), (.string, .bytes),
            (.string, .fixed), (.bytes, .bytes), (.bytes, .fixed), (.bytes, .array), (.date, .int), (.date, .long), (.uuid, .string),
            (.uuid, .fixed), (.unkeyed, .array),
            (.unkeyed, .bytes), (.unkeyed, .fixed), (.keyed, .map):
            true
        case (.keyed(let members), .record):
            members.keys.allSatisfy { node.fieldPositions[$0] != nil }
                && node.fieldNames.indices.allSatisfy {
                    let type = graph.nodes[node.fieldTypes[$0]]
                    return node.fieldDefaults[$0] != nil || type.kind == .null || type.null != nil
                        || members.position(of: node.fieldNames[$0]) != nil
                }
        default: false
        }
    }
}
