import CAvro

/// libavro as a second opinion, on bytes that we trust: it is unsafe on others.
final class LibAvro {
    private let schema: avro_schema_t
    private let iface: UnsafeMutablePointer<avro_value_iface_t>

    /// Nil where libavro does not take the schema.
    init?(_ text: String) {
        var parsed: avro_schema_t?
        guard avro_schema_from_json_length(text, text.utf8.count, &parsed) == 0, let parsed else { return nil }
        guard let made = avro_generic_class_from_schema(parsed) else {
            avro_schema_decref(parsed)
            return nil
        }
        (schema, iface) = (parsed, made)
    }

    deinit {
        cavro_value_iface_decref(iface)
        avro_schema_decref(schema)
    }

    private func write(_ value: inout avro_value_t) -> [UInt8]? {
        var size = 0
        guard avro_value_sizeof(&value, &size) == 0 else { return nil }
        var out = [UInt8](repeating: 0, count: max(1, size))
        let status = out.withUnsafeMutableBytes { out in
            let writer = avro_writer_memory(out.baseAddress?.assumingMemoryBound(to: CChar.self), Int64(size))
            defer { avro_writer_free(writer) }
            return avro_value_write(writer, &value)
        }
        return status == 0 ? Array(out.prefix(size)) : nil
    }

    /// Reads a datum and writes it again; nil where it cannot.
    func again(_ bytes: [UInt8]) -> [UInt8]? {
        var value = avro_value_t()
        guard avro_generic_value_new(iface, &value) == 0 else { return nil }
        defer { avro_value_decref(&value) }
        let status = bytes.withUnsafeBytes { bytes in
            let reader = avro_reader_memory(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int64(bytes.count))
            defer { avro_reader_free(reader) }
            return avro_value_read(reader, &value)
        }
        return status == 0 ? write(&value) : nil
    }

    /// Reads a datum of another schema as this one's and writes it; nil where libavro's resolution cannot.
    func resolve(_ bytes: [UInt8], from writer: LibAvro) -> [UInt8]? {
        guard let resolver = avro_resolved_writer_new(writer.schema, schema) else { return nil }
        defer { cavro_value_iface_decref(resolver) }
        var value = avro_value_t()
        var resolved = avro_value_t()
        guard avro_generic_value_new(iface, &value) == 0 else { return nil }
        defer { avro_value_decref(&value) }
        guard avro_resolved_writer_new_value(resolver, &resolved) == 0 else { return nil }
        defer { avro_value_decref(&resolved) }
        avro_resolved_writer_set_dest(&resolved, &value)
        let status = bytes.withUnsafeBytes { bytes in
            let reader = avro_reader_memory(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int64(bytes.count))
            defer { avro_reader_free(reader) }
            return avro_value_read(reader, &resolved)
        }
        return status == 0 ? write(&value) : nil
    }
}
