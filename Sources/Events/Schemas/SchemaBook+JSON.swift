public import Avro
public import Core

/// Typed parts as JSON, by the schemas that they were written with.
extension SchemaBook {
    /// Appends the plain JSON of a payload. Throws `schemaUnknown` for an id that the book does not know, and what is wrong with the bytes.
    public func appendJSON(_ payload: Payload, _ part: TypedPart, to out: inout [UInt8]) throws(AvroError) {
        try transcoder(payload.schema, part).append(payload.bytes.span.bytes, to: &out)
    }

    /// The plain JSON of a payload.
    public func json(_ payload: Payload, _ part: TypedPart) throws(AvroError) -> [UInt8] {
        var out: [UInt8] = []
        try appendJSON(payload, part, to: &out)
        return out
    }

    /// The plain JSON of a failure's details; nil when there are none.
    public func json(_ details: Failure.Details?) throws(AvroError) -> [UInt8]? {
        switch details {
        case nil: nil
        case .json(let json): json
        case .declared(_, let branch, let payload): try json(payload, .error(branch: branch))
        }
    }

    /// The transcoder of a typed part of the records of a schema.
    public func transcoder(_ schema: UInt32, _ part: TypedPart) throws(AvroError) -> AvroToJSON {
        guard let known = known(schema) else {
            throw AvroError(.schemaUnknown, operation: "read payload", detail: "nobody registered a schema with the id \(schema)")
        }
        guard let transcoder = known.transcoder(part) else {
            throw AvroError(
                .schemasIncompatible, operation: "read payload",
                detail: "schema \(schema), \(known.schema.name ?? known.schema.kind.rawValue), has no type for \(part)")
        }
        return transcoder
    }
}

extension KnownSchema {
    /// The type of a typed part; nil when records of the schema have none.
    public func schema(of part: TypedPart) -> Schema? {
        switch part {
        case .request: request
        case .response: response
        case .part: self.part
        case .error(let branch): error(branch: branch)
        }
    }
}
