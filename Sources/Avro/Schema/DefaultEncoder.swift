/// Checks defaults against their types and puts them into binary form.
///
/// Works over the table while it is being made; bounded, because records whose defaults leave fields out can repeat each other without end.
struct DefaultEncoder {
    private let nodes: [SchemaNode]
    private let bytesMax: Int
    /// Bounds the branches of unions that are tried, one within the other.
    private let stepsMax = 100_000
    private var out: [UInt8] = []
    private var spent = 0

    init(nodes: [SchemaNode], bytesMax: Int) {
        self.nodes = nodes
        self.bytesMax = bytesMax
    }

    /// The default of a field in binary form.
    mutating func bytes(ofField position: Int, of record: Int) throws(AvroError) -> [UInt8] {
        let field = nodes[record].fields[position]
        out.removeAll(keepingCapacity: true)
        let place = "default of \(nodes[record].name ?? "").\(field.name)"
        try append(field.defaultValue ?? .null, field.type, place, 0)
        return out
    }

    private func fault(_ place: String, _ json: JSONValue, _ index: Int) -> AvroError {
        AvroError(schema: .schemaInvalid, at: place, "\(json.kindName) is no \(nodes[index].name ?? nodes[index].kind.rawValue)")
    }

    private mutating func append(_ json: JSONValue, _ index: Int, _ place: String, _ depth: Int) throws(AvroError) {
        spent += 1
        guard depth < 64, spent <= stepsMax, out.count <= bytesMax else {
            throw AvroError(schema: .schemaLimit, at: place, "defaults are larger than defaultBytesMax (\(bytesMax)) or endless")
        }
        let node = nodes[index]
        switch node.kind {
        case .null:
            guard json == .null else { throw fault(place, json, index) }
        case .boolean:
            guard let value = json.boolean else { throw fault(place, json, index) }
            out.append(value ? 1 : 0)
        case .int:
            guard let value = json.integer, Int32(exactly: value) != nil else { throw fault(place, json, index) }
            Varint.append(value, to: &out)
        case .long:
            guard let value = json.integer else { throw fault(place, json, index) }
            Varint.append(value, to: &out)
        case .float, .double: try appendNumber(json, index, place)
        case .bytes, .fixed:
            guard let bytes = json.string.flatMap(Self.bytes(of:)), node.kind == .bytes || bytes.count == node.size else {
                throw fault(place, json, index)
            }
            if node.kind == .bytes { Varint.append(Int64(bytes.count), to: &out) }
            out.append(contentsOf: bytes)
        case .string:
            guard let text = json.string else { throw fault(place, json, index) }
            Varint.append(Int64(text.utf8.count), to: &out)
            out.append(contentsOf: text.utf8)
        case .enum:
            guard let position = json.string.flatMap({ node.symbolPositions[$0] }) else { throw fault(place, json, index) }
            Varint.append(Int64(position), to: &out)
        case .array, .map: try appendBlock(json, index, place, depth)
        case .record: try appendRecord(json, index, place, depth)
        case .union: try appendUnion(json, index, place, depth)
        }
    }

    private mutating func appendNumber(_ json: JSONValue, _ index: Int, _ place: String) throws(AvroError) {
        let special: [String: Double] = ["NaN": .nan, "Infinity": .infinity, "-Infinity": -.infinity]
        guard let value = json.double ?? json.string.flatMap({ special[$0] }) else { throw fault(place, json, index) }
        if nodes[index].kind == .float {
            withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { out.append(contentsOf: $0) }
        } else {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { out.append(contentsOf: $0) }
        }
    }

    private mutating func appendBlock(_ json: JSONValue, _ index: Int, _ place: String, _ depth: Int) throws(AvroError) {
        let child = nodes[index].children[0]
        if nodes[index].kind == .array {
            guard let elements = json.array else { throw fault(place, json, index) }
            if !elements.isEmpty { Varint.append(Int64(elements.count), to: &out) }
            for element in elements { try append(element, child, place, depth + 1) }
        } else {
            guard let members = json.members else { throw fault(place, json, index) }
            if !members.isEmpty { Varint.append(Int64(members.count), to: &out) }
            for member in members {
                Varint.append(Int64(member.name.utf8.count), to: &out)
                out.append(contentsOf: member.name.utf8)
                try append(member.value, child, place, depth + 1)
            }
        }
        out.append(0)
    }

    private mutating func appendRecord(_ json: JSONValue, _ index: Int, _ place: String, _ depth: Int) throws(AvroError) {
        guard let members = json.members else { throw fault(place, json, index) }
        let node = nodes[index]
        for member in members where node.fieldPositions[member.name] == nil {
            throw AvroError(schema: .schemaInvalid, at: place, "\(node.name ?? "") has no field '\(member.name)'")
        }
        for field in node.fields {
            guard let value = json[field.name] ?? field.defaultValue else {
                throw AvroError(schema: .schemaInvalid, at: place, "the field '\(field.name)' is missing and has no default")
            }
            try append(value, field.type, place, depth + 1)
        }
    }

    /// The first branch that the value fits, as Avro 1.12 has it.
    private mutating func appendUnion(_ json: JSONValue, _ index: Int, _ place: String, _ depth: Int) throws(AvroError) {
        let start = out.count
        for (branch, child) in nodes[index].children.enumerated() {
            Varint.append(Int64(branch), to: &out)
            do {
                try append(json, child, place, depth + 1)
                return
            } catch  where error.code == .schemaInvalid {
                out.removeLast(out.count - start)
            }
        }
        throw AvroError(schema: .schemaInvalid, at: place, "\(json.kindName) fits no branch of the union")
    }

    /// The bytes that a JSON string of code points 0–255 stands for; nil for others.
    static func bytes(of text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard scalar.value < 256 else { return nil }
            bytes.append(UInt8(scalar.value))
        }
        return bytes
    }
}
