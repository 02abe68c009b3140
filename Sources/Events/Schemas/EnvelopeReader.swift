public import Avro
public import Core

/// Reads records of operations' topics for one thread: remembers what it knows of the last schema ids, so that the book's lock is not taken
/// for each record.
public struct EnvelopeReader {
    private let book: SchemaBook
    private let limits: DecodingLimits
    private var lastRequest: KnownSchema?
    private var lastResponse: KnownSchema?

    /// A reader with a book.
    public init(_ book: SchemaBook, limits: DecodingLimits = .standard) {
        self.book = book
        self.limits = limits
    }

    /// A view of a record of `<operation>.requests` or `.dead-letters`; its slices are of `record`.
    ///
    /// Throws `schemaUnknown` for an id that the book does not know, `schemasIncompatible` for a schema that is no request.
    public mutating func request(_ record: RawSpan) throws(AvroError) -> RequestView {
        let id = try EnvelopeCodec.schemaID(of: record)
        if lastRequest?.id != id { lastRequest = try known(id, as: .request, "rejoinder.Request") }
        return try RequestView(record, limits: limits)
    }

    /// A view of a record of `<operation>.responses`; its slices are of `record`.
    public mutating func response(_ record: RawSpan) throws(AvroError) -> ResponseView {
        let id = try EnvelopeCodec.schemaID(of: record)
        if lastResponse?.id != id { lastResponse = try known(id, as: .response, "rejoinder.Response") }
        return try ResponseView(record, limits: limits)
    }

    /// A request as the core knows it.
    public mutating func requestRecord(_ record: RawSpan) throws(AvroError) -> RequestRecord {
        try request(record).record(in: record)
    }

    /// An event as the core knows it.
    public mutating func eventRecord(_ record: RawSpan) throws(AvroError) -> EventRecord {
        let view = try response(record)
        return try view.record(in: record, schema: lastResponse)
    }

    private func known(_ id: UInt32, as layout: KnownSchema.Layout, _ envelope: String) throws(AvroError) -> KnownSchema {
        guard let known = book.known(id) else {
            throw AvroError(.schemaUnknown, operation: "read record", detail: "nobody registered a schema with the id \(id)", offset: 1)
        }
        guard known.layout == layout else {
            let reason = if case .foreign(let reason) = known.layout { reason } else { "\(known.schema.name ?? "") is not read as \(envelope)" }
            throw AvroError(.schemasIncompatible, operation: "read record", detail: "schema \(id): \(reason)", offset: 1)
        }
        return known
    }
}
