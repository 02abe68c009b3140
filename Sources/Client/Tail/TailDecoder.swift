import Avro
import Core
import Events
import Kafka

/// Decodes records of the topics into events for people: what does not decode is shown as what it is.
struct TailDecoder {
    private let book: SchemaBook
    private let names: TopicNames
    private var reader: EnvelopeReader

    init(book: SchemaBook, names: TopicNames) {
        self.book = book
        self.names = names
        reader = EnvelopeReader(book)
    }

    mutating func event(topic: String, _ record: ConsumerRecord, key: String, value: RawSpan) -> TailEvent {
        func made(_ id: String, _ type: String, _ fields: [(name: String, value: JSONValue)]) -> TailEvent {
            TailEvent(
                topic: topic, partition: record.partition, offset: record.offset, timestamp: record.timestamp, requestID: id, type: type,
                fields: fields)
        }
        do throws(AvroError) {
            let operation = names.operation(of: topic)
            if topic == names.commands {
                let command = try reader.command(value)
                return made(
                    command.id.text, Self.name(command.command),
                    [("operation", .string(command.operation)), ("by", .string(command.by))] + fields(command.command))
            }
            if topic.hasSuffix(".responses") {
                let event = try reader.eventRecord(value, of: operation)
                let head: [(name: String, value: JSONValue)] = [
                    ("attempt", .whole(Int64(event.attempt))), ("source", .string(event.source)), ("sequence", .whole(event.sequence)),
                    ("time", .string(event.time.rfc3339)),
                ]
                return made(event.id.text, event.event.name, head + fields(event.event))
            }
            let request = try reader.requestRecord(value, of: operation)
            return made(request.id.text, topic.hasSuffix(".dead-letters") ? "DeadLetter" : "Request", fields(request))
        } catch {
            return made(key, "Unreadable", [("reason", .string("\(error)")), ("bytes", .whole(Int64(value.byteCount)))])
        }
    }

    // MARK: Fields

    private func payload(_ payload: Payload, _ part: TypedPart) -> JSONValue {
        guard let text = try? book.json(payload, part), let json = try? JSONValue(parsing: text) else { return .null }
        return json
    }

    private func json(_ bytes: [UInt8]) -> JSONValue {
        (try? JSONValue(parsing: bytes)) ?? .string(String(decoding: bytes, as: UTF8.self))
    }

    private func fields(_ request: RequestRecord) -> [(name: String, value: JSONValue)] {
        var fields: [(name: String, value: JSONValue)] = [
            ("operation", .string(request.operation)), ("attempt", .whole(Int64(request.attempt))),
            ("createdAt", .string(request.createdAt.rfc3339)),
        ]
        if let deadline = request.deadline { fields.append(("deadline", .string(deadline.rfc3339))) }
        if let notBefore = request.notBefore { fields.append(("notBefore", .string(notBefore.rfc3339))) }
        if let key = request.idempotencyKey { fields.append(("idempotencyKey", .string(key))) }
        if let replyTo = request.replyTo { fields.append(("replyTo", .string(replyTo))) }
        if let traceparent = request.traceparent { fields.append(("traceparent", .string(traceparent))) }
        fields.append(("payload", payload(request.payload, .request)))
        return fields
    }

    private func fields(_ event: Event) -> [(name: String, value: JSONValue)] {
        switch event {
        case .started(let offset, let worker): [("offset", .whole(offset)), ("worker", .string(worker))]
        case .progress(let progress):
            [
                ("fraction", progress.fraction.map { .number("\($0)") } ?? .null), ("message", .string(progress.message)),
                ("completed", progress.completed.map { .whole($0) } ?? .null), ("total", progress.total.map { .whole($0) } ?? .null),
                ("unit", .string(progress.unit)),
            ]
        case .part(let index, let part): [("index", .whole(Int64(index))), ("payload", payload(part, .part))]
        case .checkpoint(let checkpoint): [("step", .string(checkpoint.step)), ("value", json(checkpoint.value))]
        case .waiting(let waiting): [("name", .string(waiting.name)), ("message", .string(waiting.message))]
        case .released(let reason), .cancelled(let reason), .expired(let reason): [("reason", .string(reason))]
        case .completed(let result): [("payload", payload(result, .response))]
        case .failed(let failure):
            [
                ("code", .string(failure.code)), ("message", .string(failure.message)), ("retryable", .boolean(failure.retryable)),
                ("details", (try? book.json(failure.details)).flatMap { $0 }.map { json($0) } ?? .null),
            ]
        case .signalled(let signal): [("name", .string(signal.name)), ("by", .string(signal.by)), ("value", json(signal.value))]
        case .cancelRequested(let by, let reason): [("by", .string(by)), ("reason", .string(reason))]
        case .retryScheduled(let attempt, let at, let reason):
            [("next", .whole(Int64(attempt))), ("at", .string(at.rfc3339)), ("reason", .string(reason))]
        case .leaseExpired(let take, let worker, let lastSeen):
            [("take", .string(take)), ("worker", .string(worker)), ("lastSeen", .string(lastSeen.rfc3339))]
        case .deadLettered(let reason, let failures, let losses):
            [("reason", .string(reason)), ("failures", .whole(Int64(failures))), ("losses", .whole(Int64(losses)))]
        case .reopened(let by, let corrected): [("by", .string(by)), ("payload", corrected.map { payload($0, .request) } ?? .null)]
        }
    }

    private static func name(_ command: Core.Command) -> String {
        switch command {
        case .cancel: "Cancel"
        case .signal: "Signal"
        case .retry: "Retry"
        case .stop: "Stop"
        case .deliver: "Deliver"
        }
    }

    private func fields(_ command: Core.Command) -> [(name: String, value: JSONValue)] {
        switch command {
        case .cancel(let reason): [("reason", .string(reason))]
        case .signal(let name, let value): [("name", .string(name)), ("value", json(value))]
        case .retry(let attempt, _): [("attempt", .whole(Int64(attempt)))]
        case .stop(let take, let reason): [("take", .string(take)), ("reason", .string(reason))]
        case .deliver(let take, let signals): [("take", .string(take)), ("signals", .array(signals.map { .string($0.name) }))]
        }
    }
}
