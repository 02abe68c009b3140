import Avro
import Core

extension Event {
    /// The event as the core knows it, copied from a record.
    init(_ wire: Wire.Response.Event, in record: RawSpan, schema: UInt32, names: DeclaredNames) throws(AvroError) {
        func text(_ slice: Slice) -> String { slice.string(in: record) }
        func payload(_ slice: Slice) -> Payload { Payload(schema: schema, bytes: slice.array(in: record)) }
        switch wire {
        case .started(let event): self = .started(offset: event.offset, worker: text(event.worker))
        case .progress(let event):
            self = .progress(
                Progress(
                    fraction: event.fraction, message: text(event.message), completed: event.completed, total: event.total,
                    unit: text(event.unit)))
        case .part(let event): self = .part(index: Int(event.index), payload: payload(event.payload))
        case .checkpoint(let event): self = .checkpoint(Checkpoint(step: text(event.step), value: event.value.array(in: record)))
        case .waiting(let event):
            self = .waiting(
                Waiting(name: text(event.name), until: event.until.map { Timestamp(milliseconds: $0) }, message: text(event.message)))
        case .signalled(let event):
            self = .signalled(Signal(name: text(event.name), by: text(event.by), value: event.value.array(in: record)))
        case .cancelRequested(let event): self = .cancelRequested(by: text(event.by), reason: text(event.reason))
        case .retryScheduled(let event):
            self = .retryScheduled(attempt: Int(event.attempt), at: Timestamp(milliseconds: event.at), reason: text(event.reason))
        case .leaseExpired(let event):
            self = .leaseExpired(take: text(event.take), worker: text(event.worker), lastSeen: Timestamp(milliseconds: event.lastSeen))
        case .released(let event): self = .released(reason: text(event.reason))
        case .completed(let event): self = .completed(payload: payload(event.payload))
        case .failed(let event):
            self = .failed(
                Failure(
                    code: text(event.code), message: text(event.message), retryable: event.retryable,
                    details: try Self.details(event.details, in: record, schema: schema, names: names)))
        case .cancelled(let event): self = .cancelled(reason: text(event.reason))
        case .expired(let event): self = .expired(reason: text(event.reason))
        case .deadLettered(let event):
            self = .deadLettered(reason: text(event.reason), failures: Int(event.failures), losses: Int(event.losses))
        case .reopened(let event):
            self = .reopened(
                by: text(event.by), payload: try event.payload.map { slice throws(AvroError) in try FramedPayload.read(slice, in: record) })
        }
    }

    /// Null, JSON or a declared error.
    private static func details(
        _ slice: Slice, in record: RawSpan, schema: UInt32, names: DeclaredNames
    ) throws(AvroError) -> Failure.Details? {
        var reader = AvroReader(slice.bytes(in: record))
        let branch = try reader.readLong()
        switch branch {
        case 0:
            try reader.finish()
            return nil
        case 1:
            let json = try reader.readString()
            try reader.finish()
            return .json(json.array(in: slice.bytes(in: record)))
        default:
            guard let name = names.name(branch: branch) else {
                throw AvroError(
                    .branchUnknown, operation: "read record", detail: "details of branch \(branch), which schema \(schema) does not have",
                    place: "event.Failed.details", offset: Int(slice.offset))
            }
            let payload = Payload(schema: schema, bytes: reader.readRest().array(in: slice.bytes(in: record)))
            return .declared(type: name, branch: Int(branch), payload: payload)
        }
    }
}

/// What the declared errors of a writer's schema are called.
enum DeclaredNames {
    /// Nothing is known: no declared error can be read.
    case unknown
    /// By the schema.
    case schema(KnownSchema)
    /// Kept beside the record.
    case named(String)

    func name(branch: Int64) -> String? {
        guard branch >= 2 else { return nil }
        switch self {
        case .unknown: return nil
        case .schema(let known):
            guard branch - 2 < Int64(known.errors.count) else { return nil }
            let error = known.errors[Int(branch) - 2]
            return error.shortName ?? error.kind.rawValue
        case .named(let name): return name.isEmpty ? nil : name
        }
    }
}

/// A payload within bytes, under the id of the schema of the request record that it belongs into: 0, the id, the Avro bytes.
enum FramedPayload {
    static func read(_ slice: Slice, in record: RawSpan) throws(AvroError) -> Payload {
        let bytes = slice.bytes(in: record)
        let schema = try EnvelopeCodec.schemaID(of: bytes)
        return Payload(schema: schema, bytes: bytes.extracting(5..<bytes.byteCount).withUnsafeBytes { [UInt8]($0) })
    }

    static func write(_ payload: Payload?, to writer: inout AvroWriter) {
        guard let payload else {
            writer.writeByte(0)
            return
        }
        writer.writeByte(2)
        writer.writeLong(Int64(payload.bytes.count + 5))
        writer.beginFrame(payload.schema)
        writer.append(payload.bytes)
    }
}
