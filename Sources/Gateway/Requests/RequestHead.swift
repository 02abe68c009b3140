import Core
import HTTPServer
import Telemetry

/// The header fields of a `POST /requests/…`, checked.
struct RequestHead {
    var preferences: Preferences
    var idempotencyKey: String?
    var ownID: RequestID?
    var deadline: Timestamp?
    var traceparent: String?

    /// Bytes of an idempotency key.
    static let idempotencyKeyMax = 255

    init(_ request: Request, now: Timestamp) throws(Problem) {
        let headers = request.headers
        preferences = headers.first("prefer") == nil ? Preferences([]) : Preferences(headers.values("prefer"))
        try Self.refuseLater(headers)
        if let key = headers.first("idempotency-key") {
            guard !key.isEmpty, key.utf8.count <= Self.idempotencyKeyMax else {
                throw .malformed("Idempotency-Key must have 1 to \(Self.idempotencyKeyMax) bytes.")
            }
            idempotencyKey = key
        }
        if let text = headers.first("rejoinder-request-id") {
            guard let id = RequestID(text.lowercased()) else {
                throw .malformed("Rejoinder-Request-Id must be a UUID such as 0198c5f2-7a50-7cc3-9a5e-5a1d3f0f7a11; '\(text)' is none.")
            }
            guard idempotencyKey == nil else {
                throw .malformed("Idempotency-Key and Rejoinder-Request-Id cannot go together: each decides the id.")
            }
            ownID = id
        }
        if let text = headers.first("rejoinder-deadline") {
            guard let time = DeadlineHeader.parse(text, now: now) else {
                throw .malformed(
                    "Rejoinder-Deadline must be a time such as 2026-12-01T12:00:00Z or a duration such as PT10M; '\(text)' is neither.")
            }
            guard time > now else { throw .malformed("Rejoinder-Deadline '\(text)' has passed.") }
            deadline = time
        }
        // an invalid one is dropped, as the recommendation says
        if let text = headers.first("traceparent") { traceparent = TraceContext(text)?.text }
    }

    /// Header fields of the interface that this version does not honour: never made something up of.
    private static func refuseLater(_ headers: RequestHeaders) throws(Problem) {
        if headers.first("rejoinder-callback") != nil { throw .notImplemented("The header field Rejoinder-Callback") }
        if headers.first("rejoinder-priority") != nil { throw .notImplemented("The header field Rejoinder-Priority") }
        if headers.first("rejoinder-not-before") != nil { throw .notImplemented("The header field Rejoinder-Not-Before") }
    }

    /// Whether the body is JSON; false for Avro. Other types are refused.
    static func isJSON(_ headers: RequestHeaders) throws(Problem) -> Bool {
        if headers.first("content-type", is: "application/json") { return true }
        guard let type = headers.first("content-type") else { return true }
        let name = type.prefix { $0 != ";" && $0 != " " }.lowercased()
        if name == "application/json" || name.hasPrefix("application/") && name.hasSuffix("+json") { return true }
        if name == "application/avro" { return false }
        throw Problem(
            415, "Unsupported media type",
            "The body must be application/json or application/avro, not \(name). With curl: --json '…', or -H 'Content-Type: application/json'."
        )
    }
}
