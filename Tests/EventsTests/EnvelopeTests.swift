import Avro
import Core
import Events
import Testing

@Suite("Envelopes")
struct EnvelopeTests {
    let catalogue: Catalogue
    let operation: Operation
    var reader: EnvelopeReader

    init() throws {
        catalogue = try Samples.catalogue()
        operation = try #require(catalogue["reports.generate"])
        reader = EnvelopeReader(SchemaBook(catalogue))
    }

    @Test("a request comes back as it was written, directly and as a view")
    mutating func requests() throws {
        let record = Samples.request(schema: operation.requestEnvelope.id)
        var writer = AvroWriter()
        writer.writeRequest(record)
        #expect(try reader.requestRecord(writer.span) == record)
        let view = try reader.request(writer.span)
        #expect(view.payload.array(in: writer.span) == record.payload.bytes)
        #expect(view.deadline == record.deadline)
        var bare = RequestRecord(
            id: record.id, operation: "demo.echo", createdAt: Samples.time,
            payload: Payload(schema: operation.requestEnvelope.id, bytes: []))
        writer.removeAll()
        writer.writeRequest(bare, payload: ([9, 9] as [UInt8]).span.bytes)
        bare.payload.bytes = [9, 9]
        #expect(try reader.requestRecord(writer.span) == bare)
    }

    @Test("a request is written again as another attempt, without its delay and otherwise the same")
    mutating func nextAttempt() throws {
        var record = Samples.request(schema: operation.requestEnvelope.id)
        var writer = AvroWriter()
        writer.writeRequest(record)
        let view = try reader.request(writer.span)
        var again = AvroWriter()
        again.writeRequest(view, of: writer.span, attempt: 70_000)
        record.attempt = 70_000
        record.notBefore = nil
        #expect(try reader.requestRecord(again.span) == record)
    }

    @Test("every event comes back as it was written", arguments: 0..<23)
    func events(_ index: Int) throws {
        var reader = reader
        let schema = operation.responseEnvelope.id
        let events = Samples.events(schema: schema)
        #expect(events.count == 23)
        let record = EventRecord(
            id: Samples.id, attempt: 3, source: "host/17/2026/9", sequence: Int64(index) + 1, time: Samples.time,
            traceparent: index.isMultiple(of: 2) ? "00-a-b-01" : nil, event: events[index])
        var writer = AvroWriter()
        writer.writeResponse(record, schema: schema)
        #expect(try reader.eventRecord(writer.span) == record)
        let head = ResponseHead(schema: schema, id: record.id, attempt: 3, source: record.source, traceparent: record.traceparent)
        var direct = AvroWriter()
        switch record.event {
        case .started(let offset, let worker):
            direct.writeStarted(head, sequence: record.sequence, time: record.time, offset: offset, worker: worker)
        case .progress(let it):
            direct.writeProgress(
                head, sequence: record.sequence, time: record.time, fraction: it.fraction, message: it.message, completed: it.completed,
                total: it.total, unit: it.unit)
        case .part(let index, let payload):
            direct.writePart(head, sequence: record.sequence, time: record.time, index: index, payload: payload.bytes.span.bytes)
        case .completed(let payload):
            direct.writeCompleted(head, sequence: record.sequence, time: record.time, payload: payload.bytes.span.bytes)
        default: direct.writeEvent(head, sequence: record.sequence, time: record.time, record.event)
        }
        #expect(direct.bytes == writer.bytes)
    }

    @Test("no prefix of a record, and no record with a byte more, is read as a record; nothing traps", arguments: 0..<23)
    func truncated(_ index: Int) throws {
        var reader = reader
        let schema = operation.responseEnvelope.id
        let event = Samples.events(schema: schema)[index]
        var writer = AvroWriter()
        writer.writeResponse(
            EventRecord(id: Samples.id, attempt: 3, source: "s", sequence: 1, time: Samples.time, event: event), schema: schema)
        let bytes = writer.bytes
        let isOpen = if case .part = event { true } else if case .completed = event { true } else { false }
        for count in 0..<bytes.count {
            let prefix = Array(bytes[..<count])
            let record = try? reader.eventRecord(prefix.span.bytes)
            // The payload is the rest of the record, so a shorter one is still a payload.
            if !isOpen, record != nil, case .failed(let failure) = record?.event, case .declared = failure.details { continue }
            #expect(isOpen || record == nil, "a prefix of \(count) bytes")
        }
        let longer = bytes + [0]
        if !isOpen, index != 17 { #expect(throws: AvroError.self) { try reader.eventRecord(longer.span.bytes) } }
    }

    @Test("unknown schema ids, other schemas and bytes without a head are named errors")
    mutating func refused() throws {
        var writer = AvroWriter()
        writer.writeRequest(Samples.request(schema: 1234))
        #expect(throws: AvroError.self) { try reader.request(writer.span) }
        do { _ = try reader.request(writer.span) } catch { #expect(error.code == .schemaUnknown && error.detail.contains("1234")) }
        writer.removeAll()
        writer.writeRequest(Samples.request(schema: operation.requestEnvelope.id))
        do { _ = try reader.response(writer.span) } catch { #expect(error.code == .schemasIncompatible) }
        for bytes in [[], [0], [1, 0, 0, 0, 0, 9], Array("plain text".utf8)] as [[UInt8]] {
            do {
                _ = try reader.request(bytes.span.bytes)
                Issue.record("\(bytes) was read")
            } catch { #expect(error.code == .framing) }
        }
    }

    @Test("an id must be 36 lower-case characters")
    mutating func ids() throws {
        var writer = AvroWriter()
        writer.writeRequest(Samples.request(schema: operation.requestEnvelope.id))
        var bytes = writer.bytes
        bytes[6 + 9] = UInt8(ascii: "A")
        do {
            _ = try reader.request(bytes.span.bytes)
            Issue.record("was read")
        } catch { #expect(error.code == .valueInvalid && error.place == "requestId") }
    }

    @Test("commands, heartbeats and members come back as they were written")
    func shared() throws {
        let payload = Payload(schema: 5, bytes: [1, 2])
        let commands: [Command] = [
            .cancel(reason: "r"), .signal(name: "n", value: [123, 125]), .retry(attempt: 4, payload: nil),
            .retry(attempt: 4, payload: payload),
            .stop(take: "w/1", reason: ""), .deliver(take: "w/1", signals: []),
            .deliver(take: "w/1", signals: [Signal(name: "a", value: [49]), Signal(name: "b")]),
        ]
        for command in commands {
            let record = CommandRecord(id: Samples.id, operation: "demo.echo", time: Samples.time, by: "me", command: command)
            var writer = AvroWriter()
            writer.writeCommand(record)
            #expect(try CommandRecord(writer.span) == record)
        }
        let heartbeat = HeartbeatRecord(worker: "w", time: Samples.time, partition: 11, operation: "demo.echo", holds: 2, slots: 64)
        var writer = AvroWriter()
        writer.writeHeartbeat(heartbeat)
        #expect(try HeartbeatRecord(writer.span) == heartbeat)
        #expect(throws: AvroError.self) { try CommandRecord(writer.span) }
        let member = Member(node: "a", address: "http://127.0.0.1:8080")
        #expect(try Member(member.value.span.bytes) == member)
        #expect(Member.partition(key: Member.key(partition: 11).span.bytes) == 11)
        #expect(Member.partition(key: Array("011".utf8).span.bytes) == nil)
    }
}
