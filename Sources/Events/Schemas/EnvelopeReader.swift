public import Avro
public import Core

/// Reads records for one thread: remembers what it knows of the last schema ids, so that the book's lock is not taken for each record.
///
/// A record whose envelope has the shape that our code knows is read directly, whatever the operation's own types in it. One with another
/// shape (another version, another maker) is resolved to ours first, when it can be; that needs the operation.
public struct EnvelopeReader: Sendable {
    private let book: SchemaBook
    private let limits: DecodingLimits
    private var lastRequest: KnownSchema?
    private var lastResponse: KnownSchema?

    /// A reader with a book.
    public init(_ book: SchemaBook, limits: DecodingLimits = .standard) {
        self.book = book
        self.limits = limits
    }

    // MARK: Views

    /// A view of a record of `<operation>.requests` or `.dead-letters`; its slices are of `record`.
    ///
    /// Throws `schemaUnknown` for an id that the book does not know, `schemasIncompatible` for a schema that is not read directly: see `rewritten`.
    public mutating func request(_ record: RawSpan) throws(AvroError) -> RequestView {
        let id = try EnvelopeCodec.schemaID(of: record)
        if lastRequest?.id != id { lastRequest = try direct(id, .request, "rejoinder.Request") }
        return try RequestView(record, limits: limits)
    }

    /// A view of a record of `<operation>.responses`; its slices are of `record`.
    public mutating func response(_ record: RawSpan) throws(AvroError) -> ResponseView {
        let id = try EnvelopeCodec.schemaID(of: record)
        if lastResponse?.id != id { lastResponse = try direct(id, .response, "rejoinder.Response") }
        return try ResponseView(record, limits: limits)
    }

    /// The record in the operation's own envelope when its schema is one that is not read directly; nil when it is (the usual case, at the cost
    /// of comparing an id), or when the book has no operation of that name. Read the view of these bytes then.
    public func rewritten(_ record: RawSpan, for name: String) throws(AvroError) -> [UInt8]? {
        let id = try EnvelopeCodec.schemaID(of: record)
        if lastRequest?.id == id || lastResponse?.id == id { return nil }
        let known = try known(id)
        guard case .other(let envelope) = known.layout, let operation = book.operation(named: name) else { return nil }
        switch envelope {
        case "rejoinder.Request": return try book.rewritten(record, known: known, as: operation.requestEnvelope)
        case "rejoinder.Response": return try book.rewritten(record, known: known, as: operation.responseEnvelope)
        default: return nil
        }
    }

    // MARK: The core's records

    /// A request as the core knows it; resolved when it must be and the operation is named.
    public mutating func requestRecord(_ record: RawSpan, of operation: String? = nil) throws(AvroError) -> RequestRecord {
        if let operation, let bytes = try rewritten(record, for: operation) { return try requestRecord(bytes.span.bytes) }
        return try request(record).record(in: record)
    }

    /// An event as the core knows it; resolved when it must be and the operation is named.
    public mutating func eventRecord(_ record: RawSpan, of operation: String? = nil) throws(AvroError) -> EventRecord {
        if let operation, let bytes = try rewritten(record, for: operation) { return try eventRecord(bytes.span.bytes) }
        let view = try response(record)
        return try view.record(in: record, schema: lastResponse)
    }

    /// A record of `rejoinder.commands`, of whatever version.
    public func command(_ record: RawSpan) throws(AvroError) -> CommandRecord {
        guard let bytes = try resolved(record, to: EnvelopeCodec.command) else { return try CommandRecord(record, limits: limits) }
        return try CommandRecord(bytes.span.bytes, limits: limits)
    }

    /// A record of `rejoinder.heartbeats`, of whatever version.
    public func heartbeat(_ record: RawSpan) throws(AvroError) -> HeartbeatRecord {
        guard let bytes = try resolved(record, to: EnvelopeCodec.heartbeat) else { return try HeartbeatRecord(record, limits: limits) }
        return try HeartbeatRecord(bytes.span.bytes, limits: limits)
    }

    /// A record of `rejoinder.jobs`, of whatever version.
    public func folded(_ record: RawSpan) throws(AvroError) -> FoldedRecord {
        guard let bytes = try resolved(record, to: EnvelopeCodec.folded) else { return try FoldedRecord(record, limits: limits) }
        return try FoldedRecord(bytes.span.bytes, limits: limits)
    }

    /// A job of a store, of whatever version.
    public func job(_ stored: RawSpan) throws(AvroError) -> Job {
        guard let bytes = try resolved(stored, to: EnvelopeCodec.job) else { return try Job(stored, limits: limits) }
        return try Job(bytes.span.bytes, limits: limits)
    }

    /// A record of `rejoinder.members`, of whatever version.
    public func member(_ record: RawSpan) throws(AvroError) -> Member {
        guard let bytes = try resolved(record, to: EnvelopeCodec.member) else { return try Member(record, limits: limits) }
        return try Member(bytes.span.bytes, limits: limits)
    }

    // MARK: Schemas

    private func known(_ id: UInt32) throws(AvroError) -> KnownSchema {
        guard let known = book.known(id) ?? book.fetched(id) else {
            throw AvroError(.schemaUnknown, operation: "read record", detail: "nobody registered a schema with the id \(id)", offset: 1)
        }
        return known
    }

    private func direct(_ id: UInt32, _ layout: KnownSchema.Layout, _ envelope: String) throws(AvroError) -> KnownSchema {
        let known = try known(id)
        guard known.layout == layout else {
            let reason =
                if case .foreign(let reason) = known.layout { reason } else {
                    "\(known.schema.name ?? "") is not read directly as \(envelope)"
                }
            throw AvroError(.schemasIncompatible, operation: "read record", detail: "schema \(id): \(reason)", offset: 1)
        }
        return known
    }

    /// A record of a shared topic in our own schema; nil when it is written with that.
    private func resolved(_ record: RawSpan, to schema: RegisteredSchema) throws(AvroError) -> [UInt8]? {
        let id = try EnvelopeCodec.schemaID(of: record)
        if id == schema.id { return nil }
        return try book.rewritten(record, known: try known(id), as: schema)
    }
}
