import Avro
import Core
import Events
import Telemetry

/// Turns the typed parts of records into JSON, by the schema that each record was written with.
final class PayloadRenderer: Sendable {
    private let schemas: @Sendable (UInt32) -> KnownSchema?
    private let undecodable: Counter
    private let logger: Logger
    private let limiter = LogLimiter(burst: 5)

    init(schemas: @escaping @Sendable (UInt32) -> KnownSchema?, metrics: Metrics, logger: Logger) {
        self.schemas = schemas
        self.logger = logger
        undecodable = metrics.counter(
            "rejoinder_undecodable_payloads_total", help: "Payloads that do not decode by the schema they name; shown as null.")
    }

    /// Appends the payload; null, counted and logged, when it does not decode.
    func write(_ payload: Payload, as part: TypedPart, into json: inout JSONWriter) {
        guard let transcoder = schemas(payload.schema)?.transcoder(part) else {
            report("schema \(payload.schema) is not known")
            return json.null()
        }
        var fault: AvroError?
        json.value { bytes in
            let start = bytes.count
            do throws(AvroError) {
                try transcoder.append(payload.bytes.span.bytes, to: &bytes)
            } catch {
                fault = error
                bytes.removeSubrange(start...)
                bytes.append(contentsOf: "null".utf8)
            }
        }
        if let fault { report("\(fault)") }
    }

    /// Appends JSON text that came with an event; as a string when it is no JSON.
    func writeJSON(_ text: [UInt8], into json: inout JSONWriter) {
        if let value = try? JSONValue(parsing: text) {
            json.value { value.append(to: &$0) }
        } else {
            json.string(String(decoding: text, as: UTF8.self))
        }
    }

    private func report(_ reason: String) {
        undecodable.add()
        guard let held = limiter.admit() else { return }
        logger.warning("a payload cannot be shown: \(reason)", ["held back": held])
    }
}
