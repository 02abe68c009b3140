import Avro
import Telemetry

/// Reads a job's event stream (the part of the server-sent events format that a gateway writes): `id:` and `data:` lines, comments.
final class EventReader: Sendable {
    private struct State {
        var rest: [UInt8] = []
        var id: String?
        var lastID: String?
        var count = 0
        var isFinal = false
    }

    /// A line longer than this ends the stream.
    static let lineBytesMax = 16 << 20

    private let state = Locked(State())
    private let onState: @Sendable (JSONValue) -> Void

    init(onState: @escaping @Sendable (JSONValue) -> Void) { self.onState = onState }

    var lastID: String? { state.withLock { $0.lastID } }
    var count: Int { state.withLock { $0.count } }
    var isFinal: Bool { state.withLock { $0.isFinal } }

    /// What came of an answer that is no stream.
    func takeText() -> [UInt8] {
        state.withLock { state in
            defer { state.rest = [] }
            return state.rest
        }
    }

    func take(_ chunk: [UInt8]) -> Bool {
        let jobs: [JSONValue]? = state.withLock { state in
            state.rest += chunk
            guard state.rest.count <= Self.lineBytesMax else { return nil }
            var jobs: [JSONValue] = []
            while let end = state.rest.firstIndex(of: 0x0A) {
                let line = state.rest[..<end]
                if line.starts(with: "id:".utf8) {
                    state.id = String(decoding: line.dropFirst(3), as: UTF8.self).filter { $0 != " " && $0 != "\r" }
                } else if line.starts(with: "data:".utf8), let job = try? JSONValue(parsing: Array(line.dropFirst(5))) {
                    jobs.append(job)
                    state.lastID = state.id
                    state.count += 1
                    if let status = job["status"]?.string, ["COMPLETED", "FAILED", "CANCELLED", "EXPIRED"].contains(status) {
                        state.isFinal = true
                    }
                }
                state.rest.removeSubrange(...end)
            }
            return jobs
        }
        guard let jobs else { return false }
        for job in jobs { onState(job) }
        return true
    }
}
