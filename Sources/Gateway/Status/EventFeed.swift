import Core
import HTTPServer
import Telemetry

/// Answers `GET /status/{id}/events`: each change of a job as a server-sent event, until the final one.
struct EventFeed: Sendable {
    let queries: any JobQueries
    let payloads: PayloadRenderer

    /// The last version that was sent, so that what the watch and the first look both saw is sent once.
    private final class Position: Sendable {
        private let version: Locked<Int64>

        init(_ version: Int64) { self.version = Locked(version) }

        /// Runs `send` when the version is new. Under the lock, so that no older one comes behind it.
        func advance(to new: Int64, _ send: () -> Void) {
            version.withLock { version in
                guard new > version else { return }
                version = new
                send()
            }
        }
    }

    /// The stream, for a job that is known; nil when it is not here.
    /// - Parameter last: the version of the last event that the client has (`Last-Event-ID`).
    func open(_ id: RequestID, last: Int64?) -> Outcome? {
        guard case .job(let seen) = queries.lookup(id) else { return nil }
        if let last, seen.status.isFinal, last >= seen.version { return .reply(Response(status: 204)) }
        let watch = Watch()
        let stream = EventStream(takesLargePieces: true, onClose: { watch.cancel() })
        let position = Position(last ?? -1)
        let (now, observation) = queries.observe(id) { [self] job in
            guard let job else { return end(stream, watch) }  // the partition moves: the client comes again, and is sent to its new owner
            send(job, stream, position, watch)
        }
        watch.set(observation)
        if case .job(let job) = now {
            send(job, stream, position, watch)
        } else {
            end(stream, watch)
        }
        return .events(stream)
    }

    private func send(_ job: Job, _ stream: EventStream, _ position: Position, _ watch: Watch) {
        position.advance(to: job.version) { stream.send(event(job)) }
        if job.status.isFinal { end(stream, watch) }
    }

    private func end(_ stream: EventStream, _ watch: Watch) {
        stream.end()
        watch.cancel()
    }

    /// `id:` is the version; there is no `event:`, so that `onmessage` gets them all. The document has no line break.
    func event(_ job: Job) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        JobDocument.write(job, into: &json, payloads: payloads)
        return Array("id: \(job.version)\ndata: ".utf8) + json.bytes + [0x0A, 0x0A]
    }
}
