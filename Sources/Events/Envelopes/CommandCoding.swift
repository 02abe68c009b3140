public import Avro
public import Core

extension AvroWriter {
    /// A record of `rejoinder.commands`, whole.
    public mutating func writeCommand(_ record: CommandRecord) {
        beginFrame(EnvelopeCodec.command.id)
        writeID(record.id)
        writeString(record.operation)
        writeTime(record.time)
        writeString(record.by)
        switch record.command {
        case .cancel(let reason):
            writeByte(0)
            writeString(reason)
        case .signal(let name, let value):
            writeByte(1 * 2)
            writeString(name)
            writeBytes(value)
        case .retry(let attempt, let payload):
            writeByte(2 * 2)
            writeInteger(attempt)
            FramedPayload.write(payload, to: &self)
        case .stop(let take, let reason):
            writeByte(3 * 2)
            writeString(take)
            writeString(reason)
        case .deliver(let take, let signals):
            writeByte(4 * 2)
            writeString(take)
            if !signals.isEmpty { writeLong(Int64(signals.count)) }
            for signal in signals {
                writeString(signal.name)
                writeBytes(signal.value)
            }
            writeByte(0)
        }
    }

    /// A record of `rejoinder.heartbeats`, whole.
    public mutating func writeHeartbeat(_ record: HeartbeatRecord) {
        beginFrame(EnvelopeCodec.heartbeat.id)
        writeString(record.worker)
        writeTime(record.time)
        writeInt(record.partition)
        writeString(record.operation)
        writeInteger(record.holds)
        writeInteger(record.slots)
    }
}

extension CommandRecord {
    /// Reads a record of `rejoinder.commands`, written with our schema.
    public init(_ record: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        try EnvelopeCodec.expect(EnvelopeCodec.command, record)
        var reader = try EnvelopeCodec.body(of: record, limits: limits)
        let wire = try Wire.Command(from: &reader)
        try reader.finish()
        guard let id = RequestID(text: wire.requestId.bytes(in: record)) else { throw IDFault.error(wire.requestId) }
        func text(_ slice: Slice) -> String { slice.string(in: record) }
        let command: Command
        switch wire.command {
        case .cancel(let body): command = .cancel(reason: text(body.reason))
        case .signal(let body): command = .signal(name: text(body.name), value: body.value.array(in: record))
        case .retry(let body):
            command = .retry(
                attempt: Int(body.attempt),
                payload: try body.payload.map { slice throws(AvroError) in try FramedPayload.read(slice, in: record) })
        case .stop(let body): command = .stop(take: text(body.take), reason: text(body.reason))
        case .deliver(let body):
            var signals: [Signal] = []
            try body.signals.forEach(in: record) { signal throws(AvroError) in
                signals.append(Signal(name: text(signal.name), value: signal.value.array(in: record)))
            }
            command = .deliver(take: text(body.take), signals: signals)
        }
        self.init(id: id, operation: text(wire.operation), time: Timestamp(milliseconds: wire.time), by: text(wire.by), command: command)
    }
}

extension HeartbeatRecord {
    /// Reads a record of `rejoinder.heartbeats`, written with our schema.
    public init(_ record: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        try EnvelopeCodec.expect(EnvelopeCodec.heartbeat, record)
        var reader = try EnvelopeCodec.body(of: record, limits: limits)
        let wire = try Wire.Heartbeat(from: &reader)
        try reader.finish()
        self.init(
            worker: wire.worker.string(in: record), time: Timestamp(milliseconds: wire.time), partition: wire.partition,
            operation: wire.operation.string(in: record), holds: Int(wire.holds), slots: Int(wire.slots))
    }
}
