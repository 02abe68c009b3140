public import Avro
public import Core

/// Request records, appended whole: head and body.
extension AvroWriter {
    /// A request under the schema of its payload.
    public mutating func writeRequest(_ record: RequestRecord) {
        record.payload.bytes.withUnsafeBytes { bytes in writeRequest(record, payload: RawSpan(_unsafeBytes: bytes)) }
    }

    /// A request whose payload lies elsewhere: `record.payload.bytes` is not looked at, `payload` is copied once.
    public mutating func writeRequest(_ record: RequestRecord, payload: RawSpan) {
        beginFrame(record.payload.schema)
        writeID(record.id)
        writeString(record.operation)
        writeTime(record.createdAt)
        writeInteger(record.attempt)
        writeString(record.tenant)
        writeOptional(record.deadline)
        writeOptional(record.notBefore)
        writeInteger(record.priority)
        writeOptional(record.idempotencyKey)
        writeOptional(record.replyTo)
        writeOptional(record.callback)
        writeOptional(record.traceparent)
        writeMap(record.context)
        append(payload)
    }

    /// The same request as another attempt, without `notBefore`: what follows the attempt is copied as it is. Nothing is allocated.
    public mutating func writeRequest(_ view: RequestView, of record: RawSpan, attempt: Int) {
        var wire = view.wire
        wire.attempt = Int32(clamping: attempt)
        wire.notBefore = nil
        beginFrame(view.schema)
        wire.encode(to: &self, source: record)
    }
}
