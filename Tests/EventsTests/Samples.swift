import Core
import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the tests of this target share.
enum Samples {
    static let id = RequestID("018f3c6e-9a4b-7c21-8d3e-5f60718293a4").unsafelyUnwrapped
    static let time = Timestamp(milliseconds: 1_764_035_514_123)

    static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String { try String(contentsOf: package.appending(path: path), encoding: .utf8) }

    static func catalogue() throws -> Catalogue {
        try Catalogue(files: ["demo", "reports", "texts"].map { ("schemas/\($0).avpr", try text("schemas/\($0).avpr")) })
    }

    static func request(schema: UInt32, payload: [UInt8] = [6, 97, 98, 99]) -> RequestRecord {
        RequestRecord(
            id: id, operation: "reports.generate", createdAt: time, attempt: 2, tenant: "münchen", deadline: time,
            notBefore: Timestamp(milliseconds: 0), priority: -3, idempotencyKey: "key", replyTo: "answers",
            callback: "https://example.org/hook",
            traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", context: ["a": "1", "b": "", "ö": "ü"],
            payload: Payload(schema: schema, bytes: payload))
    }

    /// One of each event, and the border cases of some.
    static func events(schema: UInt32) -> [Event] {
        let payload = Payload(schema: schema, bytes: [1, 2, 3])
        return [
            .started(offset: 1 << 40, worker: "host/17/2026"), .started(offset: -1, worker: ""),
            .progress(Progress(fraction: 0.25, message: "half of the half", completed: 1, total: 4, unit: "rows")), .progress(Progress()),
            .part(index: 7, payload: payload), .checkpoint(Checkpoint(step: "one", value: Array("{}".utf8))),
            .waiting(Waiting(name: "approval", until: time, message: "…")), .waiting(Waiting(name: "x")),
            .signalled(Signal(name: "approval", by: "me", value: Array("true".utf8))), .cancelRequested(by: "me", reason: "why not"),
            .retryScheduled(attempt: 3, at: time, reason: "again"), .leaseExpired(take: "w/1", worker: "w", lastSeen: time),
            .released(reason: "stopping"), .completed(payload: payload), .completed(payload: Payload(schema: schema, bytes: [])),
            .failed(Failure(code: "c", message: "m", retryable: true)),
            .failed(Failure(code: "c", message: "", details: .json(Array("[1]".utf8)))),
            .failed(
                Failure(code: "UnreadableSource", message: "m", details: .declared(type: "UnreadableSource", branch: 2, payload: payload))),
            .cancelled(reason: "r"), .expired(reason: "late"), .deadLettered(reason: "too often", failures: 3, losses: 10),
            .reopened(by: "me", payload: nil), .reopened(by: "me", payload: payload),
        ]
    }
}
