import Avro
import Core
import Events
import FoundationEssentials

import Telemetry

/// Turns the typed parts of an operation's events into what handlers use, and back. Compiled once, used from any thread.
final class PayloadCodec: Sendable {
    /// What the rest of a record takes at most, beside its typed part.
    static let envelopeBytesMax = 2_048

    let operation: Operation
    /// A typed part, message or value larger than this does not go into a record.
    let payloadBytesMax: Int
    private let requestText: AvroToJSON
    private let responseText: JSONToAvro
    private let partText: JSONToAvro?
    private let errorTexts: [JSONToAvro]
    private let unknown = Locked<Set<UInt32>>([])
    private let resolutions = Locked<[UInt32: Resolution]>([:])

    init(_ operation: Operation, recordBytesMax: Int = 1_000_000) {
        self.operation = operation
        payloadBytesMax = recordBytesMax - Self.envelopeBytesMax
        requestText = AvroToJSON(operation.request)
        responseText = JSONToAvro(operation.response)
        partText = operation.part.map { JSONToAvro($0) }
        errorTexts = operation.errors.map { JSONToAvro($0) }
    }

    private var schema: UInt32 { operation.responseEnvelope.id }

    // MARK: Requests

    func requestJSON(_ payload: [UInt8]) throws(HandlerFailure) -> [UInt8] {
        do throws(AvroError) {
            return try requestText.json(payload)
        } catch {
            throw HandlerFailure(code: "invalid-request", message: error.description, retryable: false)
        }
    }

    func decodeRequest<Request: Decodable>(_ type: Request.Type, _ payload: [UInt8]) throws(HandlerFailure) -> Request {
        let json = try requestJSON(payload)
        do {
            return try JSONDecoder().decode(type, from: Data(json))
        } catch {
            throw HandlerFailure(code: "invalid-request", message: "the request is no \(type): \(error)", retryable: false)
        }
    }

    /// A request of another version of the schema, in ours.
    func current(_ payload: RawSpan, writer: KnownSchema?) throws(AvroError) -> Payload {
        guard let writer, let schema = writer.request else {
            throw AvroError(.schemasIncompatible, operation: "read request", detail: "the record's schema has no payload")
        }
        if schema == operation.request {
            return Payload(schema: operation.requestEnvelope.id, bytes: payload.withUnsafeBytes { [UInt8]($0) })
        }
        var out = AvroWriter(capacity: payload.byteCount + 64)
        try resolution(writer.id, schema).rewrite(payload, into: &out)
        return Payload(schema: operation.requestEnvelope.id, bytes: out.bytes)
    }

    private func resolution(_ id: UInt32, _ schema: Schema) throws(AvroError) -> Resolution {
        if let known = resolutions.withLock({ $0[id] }) { return known }
        let resolution = try Resolution(writer: schema, reader: operation.request)
        resolutions.withLock { $0[id] = resolution }
        return resolution
    }

    /// Whether an unknown schema id is met for the first time: it may be registered in a moment.
    func isWorthWaiting(for id: UInt32) -> Bool {
        unknown.withLock { unknown in
            guard unknown.count < 1_000 else { return false }
            return unknown.insert(id).inserted
        }
    }

    // MARK: Answers

    func response(_ answer: Answer) throws(HandlerFailure) -> Payload {
        let bytes = try encode(answer, responseText, "the result")
        guard bytes.count <= payloadBytesMax else { throw tooLarge("the result", bytes.count) }
        return Payload(schema: schema, bytes: bytes)
    }

    func part(_ answer: Answer) throws(HandlerFailure) -> Payload {
        guard let partText else {
            throw HandlerFailure(
                code: "invalid-part", message: "the operation \(operation.name) declares no partial results", retryable: false)
        }
        return Payload(schema: schema, bytes: try encode(answer, partText, "the part"))
    }

    private func encode(_ answer: Answer, _ text: JSONToAvro, _ what: String) throws(HandlerFailure) -> [UInt8] {
        let json: [UInt8]
        switch answer {
        case .avro(let bytes): return bytes
        case .json(let bytes): json = bytes
        case .value(let value): json = try Self.json(value, what)
        }
        do throws(JSONRejection) {
            return try text.encode(json)
        } catch {
            let code = what == "the part" ? "invalid-part" : "invalid-result"
            throw HandlerFailure(code: code, message: "\(what) does not fit its schema: \(error.description)", retryable: false)
        }
    }

    private static func json(_ value: some Encodable, _ what: String) throws(HandlerFailure) -> [UInt8] {
        do {
            return Array(try JSONEncoder().encode(value))
        } catch {
            throw HandlerFailure(code: "invalid-result", message: "\(what) cannot be encoded: \(error)", retryable: false)
        }
    }

    // MARK: Failures

    var tooLargeForTopic: Failure {
        Failure(code: "too-large", message: "the record is larger than the topic takes (max.message.bytes)", retryable: false)
    }

    func tooLarge(_ what: String, _ count: Int) -> HandlerFailure {
        HandlerFailure(
            code: "too-large", message: "\(what) has \(count) bytes; a record takes at most \(payloadBytesMax)", retryable: false)
    }

    /// A failure with declared details where code and details fit a declared error of the operation; messages and details are cut to what a
    /// record takes.
    func failure(_ failure: HandlerFailure) -> Failure {
        var result = Failure(code: Self.cut(failure.code, 200), message: Self.cut(failure.message, 8_192), retryable: failure.retryable)
        guard let details = failure.details, details.count <= payloadBytesMax - 16_384 else { return result }
        result.details = .json(details)
        if let branch = operation.branch(ofError: failure.code), let bytes = try? errorTexts[branch - 2].encode(details) {
            result.details = .declared(type: failure.code, branch: branch, payload: Payload(schema: schema, bytes: bytes))
        }
        return result
    }

    func failure(_ error: any DeclaredError) -> Failure {
        let name = type(of: error).errorName
        let message = error.message
        do throws(HandlerFailure) {
            return failure(HandlerFailure(code: name, message: message, retryable: false, details: try Self.json(error, "the error")))
        } catch {
            return failure(HandlerFailure(code: name, message: message, retryable: false))
        }
    }

    private static func cut(_ text: String, _ bytesMax: Int) -> String {
        guard text.utf8.count > bytesMax else { return text }
        return String(decoding: text.utf8.prefix(bytesMax - 3), as: UTF8.self) + "…"
    }
}
