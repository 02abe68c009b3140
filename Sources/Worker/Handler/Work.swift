public import Core

/// One attempt at a request: what a handler is given.
public struct Work: Sendable {
    /// The request as it was taken. Make what the handler does idempotent by its id, since an attempt may run more than once.
    public let request: RequestRecord
    let codec: PayloadCodec

    init(_ request: RequestRecord, codec: PayloadCodec) {
        self.request = request
        self.codec = codec
    }

    /// The request's id.
    public var id: RequestID { request.id }
    /// Counted from 1.
    public var attempt: Int { request.attempt }
    /// When the answer stops being useful.
    public var deadline: Timestamp? { request.deadline }
    /// Avro of the operation's request record, in the schema that this worker has.
    public var payload: [UInt8] { request.payload.bytes }

    /// The request as JSON, in the form in which the HTTP interface takes it.
    public func json() throws(HandlerFailure) -> [UInt8] { try codec.requestJSON(payload) }

    /// The request as a type of one's own.
    public func decode<Request: Decodable>(_ type: Request.Type) throws(HandlerFailure) -> Request {
        try codec.decodeRequest(type, payload)
    }
}
