public import Avro
public import Core

/// Event records, appended whole: head and body.
extension AvroWriter {
    /// An event. `schema`: of the operation's responses; a typed part brings the id of its own schema, which then counts.
    public mutating func writeResponse(_ record: EventRecord, schema: UInt32) {
        beginFrame(record.event.typedSchema ?? schema)
        writeResponseBody(record)
    }

    mutating func writeResponseBody(_ record: EventRecord) {
        writeID(record.id)
        writeInteger(record.attempt)
        writeString(record.source)
        writeLong(record.sequence)
        writeTime(record.time)
        writeOptional(record.traceparent)
        writeEvent(record.event)
    }

    /// The union's branch and the event.
    mutating func writeEvent(_ event: Event) {
        switch event {
        case .started, .progress, .part, .checkpoint, .waiting, .released, .completed, .failed, .cancelled: writeTakesEvent(event)
        case .signalled(let signal):
            writeByte(5 * 2)
            writeString(signal.name)
            writeString(signal.by)
            writeBytes(signal.value)
        case .cancelRequested(let by, let reason):
            writeByte(6 * 2)
            writeString(by)
            writeString(reason)
        case .retryScheduled(let attempt, let at, let reason):
            writeByte(7 * 2)
            writeInteger(attempt)
            writeTime(at)
            writeString(reason)
        case .leaseExpired(let take, let worker, let lastSeen):
            writeByte(8 * 2)
            writeString(take)
            writeString(worker)
            writeTime(lastSeen)
        case .expired(let reason):
            writeByte(13 * 2)
            writeString(reason)
        case .deadLettered(let reason, let failures, let losses):
            writeByte(14 * 2)
            writeString(reason)
            writeInteger(failures)
            writeInteger(losses)
        case .reopened(let by, let payload):
            writeByte(15 * 2)
            writeString(by)
            FramedPayload.write(payload, to: &self)
        }
    }

    private mutating func writeTakesEvent(_ event: Event) {
        switch event {
        case .started(let offset, let worker):
            writeByte(0)
            writeLong(offset)
            writeString(worker)
        case .progress(let progress):
            writeByte(1 * 2)
            writeOptional(progress.fraction)
            writeString(progress.message)
            writeOptional(progress.completed)
            writeOptional(progress.total)
            writeString(progress.unit)
        case .part(let index, let payload):
            writeByte(2 * 2)
            writeInteger(index)
            append(payload.bytes)
        case .checkpoint(let checkpoint):
            writeByte(3 * 2)
            writeString(checkpoint.step)
            writeBytes(checkpoint.value)
        case .waiting(let waiting):
            writeByte(4 * 2)
            writeString(waiting.name)
            writeOptional(waiting.until)
            writeString(waiting.message)
        case .released(let reason):
            writeByte(9 * 2)
            writeString(reason)
        case .completed(let payload):
            writeByte(10 * 2)
            append(payload.bytes)
        case .failed(let failure):
            writeByte(11 * 2)
            writeFailure(failure)
        case .cancelled(let reason):
            writeByte(12 * 2)
            writeString(reason)
        case .signalled, .cancelRequested, .retryScheduled, .leaseExpired, .expired, .deadLettered, .reopened: break
        }
    }

    private mutating func writeFailure(_ failure: Failure) {
        writeString(failure.code)
        writeString(failure.message)
        writeBoolean(failure.retryable)
        switch failure.details {
        case nil: writeByte(0)
        case .json(let json):
            // The schema says string: what is no UTF-8 is mended, not handed on.
            writeByte(1 * 2)
            writeString(String(decoding: json, as: UTF8.self))
        case .declared(_, let branch, let payload):
            writeInteger(branch)
            append(payload.bytes)
        }
    }
}

extension Event {
    /// The schema of the typed part; nil when the event has none.
    var typedSchema: UInt32? {
        switch self {
        case .part(_, let payload), .completed(let payload): payload.schema
        case .failed(let failure):
            if case .declared(_, _, let payload) = failure.details { payload.schema } else { nil }
        default: nil
        }
    }
}
