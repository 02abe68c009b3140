import Avro

/// A datum of a schema without any input: defaults where there are some, else the emptiest value.
enum SampleDatum {
    /// The Avro bytes of one.
    static func bytes(of schema: Schema) -> [UInt8] {
        var writer = AvroWriter()
        append(schema, to: &writer, within: [])
        return writer.bytes
    }

    private static func append(_ schema: Schema, to writer: inout AvroWriter, within outer: Set<String>) {
        switch schema.kind {
        case .null: break
        case .boolean: writer.writeBoolean(false)
        case .int, .enum: writer.writeInt(0)
        case .long: writer.writeLong(0)
        case .float: writer.writeFloat(0)
        case .double: writer.writeDouble(0)
        case .string: writer.writeString(schema.logicalType == .uuid ? "00000000-0000-0000-0000-000000000000" : "")
        case .bytes: writer.writeBytes(schema.logicalType == nil ? [] : [0])
        case .fixed: writer.append([UInt8](repeating: 0, count: schema.size))
        case .array, .map: writer.writeByte(0)
        case .union:
            let branches = schema.branches
            let branch = branches.firstIndex { $0.kind == .null } ?? branches.firstIndex { !($0.name.map(outer.contains) ?? false) } ?? 0
            guard branch < branches.count else { return }
            writer.writeInt(Int32(branch))
            append(branches[branch], to: &writer, within: outer)
        case .record:
            guard let name = schema.name, !outer.contains(name) else { return }
            for field in schema.fields {
                if let bytes = field.defaultBytes {
                    writer.append(bytes)
                } else {
                    append(field.schema, to: &writer, within: outer.union([name]))
                }
            }
        }
    }
}
