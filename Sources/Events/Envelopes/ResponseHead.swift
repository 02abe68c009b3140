public import Avro
public import Core

/// What the events of one take (or of one start of a correlator) have in common: written once, then copied before each event.
public struct ResponseHead: Sendable {
    /// Head, id, attempt and source, encoded.
    @usableFromInline let prefix: [UInt8]
    /// `null`, or the trace, encoded.
    @usableFromInline let trace: [UInt8]

    /// The head of the events of `source` about an attempt of a request. `schema`: of the operation's responses.
    public init(schema: UInt32, id: RequestID, attempt: Int, source: String, traceparent: String? = nil) {
        var writer = AvroWriter(capacity: 160)
        writer.beginFrame(schema)
        writer.writeID(id)
        writer.writeInteger(attempt)
        writer.writeString(source)
        prefix = writer.bytes
        writer.removeAll()
        writer.writeOptional(traceparent)
        trace = writer.bytes
    }
}

/// Event records of the hot path, appended whole without an allocation.
extension AvroWriter {
    @inlinable
    mutating func begin(_ head: ResponseHead, _ sequence: Int64, _ time: Timestamp, branch: UInt8) {
        append(head.prefix)
        writeLong(sequence)
        writeLong(time.milliseconds)
        append(head.trace)
        writeByte(branch &* 2)
    }

    /// *Started*.
    @inlinable
    public mutating func writeStarted(_ head: ResponseHead, sequence: Int64, time: Timestamp, offset: Int64, worker: String) {
        begin(head, sequence, time, branch: 0)
        writeLong(offset)
        writeString(worker)
    }

    /// *Progress*.
    @inlinable
    public mutating func writeProgress(
        _ head: ResponseHead, sequence: Int64, time: Timestamp, fraction: Double?, message: String = "", completed: Int64? = nil,
        total: Int64? = nil, unit: String = ""
    ) {
        begin(head, sequence, time, branch: 1)
        if let fraction {
            writeByte(2)
            writeDouble(fraction)
        } else {
            writeByte(0)
        }
        writeString(message)
        if let completed {
            writeByte(2)
            writeLong(completed)
        } else {
            writeByte(0)
        }
        if let total {
            writeByte(2)
            writeLong(total)
        } else {
            writeByte(0)
        }
        writeString(unit)
    }

    /// *Part*; `payload` is of the operation's `part`, in the schema of the head.
    @inlinable
    public mutating func writePart(_ head: ResponseHead, sequence: Int64, time: Timestamp, index: Int, payload: RawSpan) {
        begin(head, sequence, time, branch: 2)
        writeInt(Int32(clamping: index))
        append(payload)
    }

    /// *Completed*; `payload` is of the operation's `response`, in the schema of the head.
    @inlinable
    public mutating func writeCompleted(_ head: ResponseHead, sequence: Int64, time: Timestamp, payload: RawSpan) {
        begin(head, sequence, time, branch: 10)
        append(payload)
    }

    /// Any event. A typed part must be in the schema of the head.
    public mutating func writeEvent(_ head: ResponseHead, sequence: Int64, time: Timestamp, _ event: Event) {
        append(head.prefix)
        writeLong(sequence)
        writeLong(time.milliseconds)
        append(head.trace)
        writeEvent(event)
    }
}
