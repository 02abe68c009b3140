public import Avro
public import Core

/// What was written with another version of a schema, in the version that is read here.
extension SchemaBook {
    /// A payload in the operation's own type of it: as it is when it was written so, else resolved.
    ///
    /// Throws `schemaUnknown`, `schemasIncompatible` (which names the schema and the field), or what is wrong with the bytes.
    public func payload(_ payload: Payload, _ part: TypedPart, for operation: Operation) throws(AvroError) -> Payload {
        let envelope = part == .request ? operation.requestEnvelope : operation.responseEnvelope
        if payload.schema == envelope.id { return payload }
        let ours = known(envelope.id) ?? KnownSchema(id: envelope.id, schema: envelope.schema)
        guard let known = known(payload.schema) else {
            throw AvroError(.schemaUnknown, operation: "read payload", detail: "nobody registered a schema with the id \(payload.schema)")
        }
        guard let from = known.schema(of: part), let to = ours.schema(of: part) else {
            throw AvroError(
                .schemasIncompatible, operation: "read payload",
                detail: "schema \(payload.schema) or \(envelope.id), which \(operation.name) has, has no type for \(part)")
        }
        let resolution = try resolution(ResolutionKey(writer: known.id, reader: envelope.id, part: part), from: from, to: to)
        if resolution.isIdentity { return Payload(schema: envelope.id, bytes: payload.bytes) }
        var writer = AvroWriter(capacity: payload.bytes.count + 64)
        try resolution.rewrite(payload.bytes.span.bytes, into: &writer)
        return Payload(schema: envelope.id, bytes: writer.bytes)
    }

    /// A whole record in another envelope, under its id.
    func rewritten(_ record: RawSpan, known: KnownSchema, as envelope: RegisteredSchema) throws(AvroError) -> [UInt8] {
        let resolution = try resolution(
            ResolutionKey(writer: known.id, reader: envelope.id, part: nil), from: known.schema, to: envelope.schema)
        var writer = AvroWriter(capacity: record.byteCount + 64)
        writer.beginFrame(envelope.id)
        try resolution.rewrite(record.extracting(5..<record.byteCount), into: &writer)
        return writer.bytes
    }

    private func resolution(_ key: ResolutionKey, from: Schema, to: Schema) throws(AvroError) -> Resolution {
        if let resolution = cached(key) { return resolution }
        do throws(AvroError) {
            let resolution = try Resolution(writer: from, reader: to)
            cache(resolution, key)
            return resolution
        } catch {
            throw AvroError(
                error.code, operation: error.operation, detail: "schema \(key.writer) cannot be read as \(key.reader): \(error.detail)",
                place: error.place)
        }
    }
}

/// Which resolution: of whole records (nil) or of a typed part.
struct ResolutionKey: Hashable {
    var writer: UInt32
    var reader: UInt32
    var part: TypedPart?
}
