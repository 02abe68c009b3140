extension AvroError.Code {
    /// Text that is no JSON; `offset` says where.
    public static let jsonSyntax = AvroError.Code("json-syntax")
    /// JSON that is no schema or protocol; `place` is a JSON pointer (RFC 6901).
    public static let schemaInvalid = AvroError.Code("schema-invalid")
    /// A name that nothing defines.
    public static let nameUnknown = AvroError.Code("name-unknown")
    /// A limit of ``SchemaLimits`` was passed.
    public static let schemaLimit = AvroError.Code("schema-limit")
}

extension AvroError {
    init(schema code: Code, at place: String, _ detail: String) {
        self.init(code, operation: "parse schema", detail: detail, place: place)
    }

    init(jsonAt offset: Int, detail: String) {
        self.init(.jsonSyntax, operation: "parse JSON", detail: detail, offset: offset)
    }
}
