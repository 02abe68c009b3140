import Core
import HTTPServer

/// Reads partial results of which the job already tells: they lie in the correlator's store, whose commit follows the fold by a few
/// hundredths of a second, and who has seen `parts: 2` must not be told that there are none.
struct CommittedParts: Sendable {
    let queries: any JobQueries
    let reader: StatusReader
    let limit: Int

    /// How long and how often the store is asked again.
    private static let pause: Duration = .milliseconds(20)
    private static let triesMax = 100

    /// - Parameter count: told of an answer that comes later.
    func answer(_ id: RequestID, after: Int, of job: Job, count: @escaping @Sendable (Response) -> Void) -> Outcome {
        if let found = complete(id, after, job) { return .reply(response(found)) }
        let reply = PendingReply()
        Task {
            for _ in 0..<Self.triesMax {
                try? await Task.sleep(for: Self.pause)
                guard reply.isOpen else { return }
                if let found = complete(id, after, job) { return finish(reply, found, count) }
            }
            finish(reply, queries.parts(of: id, after: after, limit: limit + 1) ?? [], count)
        }
        return .later(reply)
    }

    private func finish(_ reply: PendingReply, _ found: [JobPart], _ count: (Response) -> Void) {
        let response = response(found)
        if reply.complete(response) { count(response) }
    }

    private func response(_ found: [JobPart]) -> Response { PartsPage.response(found, limit: limit, payloads: reader.payloads) }

    /// The parts, when the last that the job tells of is among them or the page is full.
    private func complete(_ id: RequestID, _ after: Int, _ job: Job) -> [JobPart]? {
        guard let found = queries.parts(of: id, after: after, limit: limit + 1) else { return nil }
        return found.count > limit || found.last.map { $0.index >= job.parts - 1 } == true ? found : nil
    }
}
