import Core
import HTTPServer
import Telemetry

/// What follows Kafka's acknowledgement of requests that are not answered with it: ids that the client chose are settled by the fold,
/// and who waits gets the job.
struct FollowUp: Sendable {
    let queries: any JobQueries
    let reader: StatusReader
    let configuration: GatewayConfiguration
    let metrics: RequestMetrics
    /// Asks the owner of the partition, on another node, for the facts of the id once its fold has passed the place.
    let askOwner: @Sendable (Exchange, Place, @escaping @Sendable (FirstRecord?) -> Void) -> Void
    /// Watches the job on another node: calls back with the final answer's response, or nil when time is over there.
    let waitElsewhere: @Sendable (Exchange, Int, @escaping @Sendable (Response?) -> Void) -> Void

    func begin(_ exchange: Exchange, _ reply: PendingReply) {
        guard let place = exchange.place else { return }
        guard exchange.identity != .fresh else { return waitOrAnswer(exchange, reply) }
        let settled: @Sendable (FirstRecord?) -> Void = { [self] first in settle(exchange, reply, first) }
        switch queries.owner(of: exchange.id) {
        case .here:
            queries.whenFolded(
                operation: place.operation, partition: place.partition, past: place.offset, within: configuration.foldWaitMax
            ) { [queries] folded in
                guard folded, case .job(let job) = queries.lookup(exchange.id), let facts = job.facts else { return settled(nil) }
                settled(FirstRecord(offset: facts.offset, digest: facts.digest))
            }
        case .node: askOwner(exchange, place, settled)
        case .nobody: settled(nil)
        }
    }

    private func settle(_ exchange: Exchange, _ reply: PendingReply, _ first: FirstRecord?) {
        guard let first, let place = exchange.place else {
            return complete(exchange, reply, AcceptanceAnswers.notFolded(exchange))
        }
        let isFirst = first.offset == place.offset
        if !isFirst, exchange.identity == .own {
            complete(exchange, reply, AcceptanceAnswers.idInUse(exchange))
        } else if !isFirst, first.digest != exchange.digest {
            complete(exchange, reply, AcceptanceAnswers.otherBody(exchange))
        } else {
            exchange.decided(isReplay: !isFirst)
            waitOrAnswer(exchange, reply)
        }
    }

    /// Answers now, or when the job is final.
    private func waitOrAnswer(_ exchange: Exchange, _ reply: PendingReply) {
        guard case .wait(let seconds) = exchange.kind else {
            return complete(exchange, reply, AcceptanceAnswers.accepted(exchange, retryAfter: reader.retryAfter(exchange.operation)))
        }
        if case .node = queries.owner(of: exchange.id) {
            waitElsewhere(exchange, seconds) { response in
                complete(
                    exchange, reply, response ?? AcceptanceAnswers.accepted(exchange, retryAfter: reader.retryAfter(exchange.operation)))
            }
            return
        }
        let (now, observation) = queries.observe(exchange.id) { job in
            guard let job, job.status.isFinal else { return }
            complete(exchange, reply, ended(exchange, job))
        }
        exchange.watches(observation)
        if case .job(let job) = now, job.status.isFinal {
            complete(exchange, reply, ended(exchange, job))
        } else if !reply.isOpen {
            exchange.end()
        }
    }

    private func complete(_ exchange: Exchange, _ reply: PendingReply, _ response: Response) {
        exchange.end()
        if reply.complete(response) { metrics.countRequest(status: response.status) }
    }

    private func ended(_ exchange: Exchange, _ job: Job) -> Response {
        var json = JSONWriter(capacity: 1024)
        JobDocument.write(job, into: &json, payloads: reader.payloads)
        var headers: [(name: String, value: String)] = [
            ("ETag", EntityTag.text(job.version)), ("Cache-Control", "private, max-age=60"), ("Content-Location", "/status/\(job.id.text)"),
        ]
        AcceptanceAnswers.append(exchange, to: &headers)
        return Answers.document(json.bytes, headers: headers)
    }
}

/// The record that gave a job its facts.
struct FirstRecord: Sendable, Equatable {
    let offset: Int64
    let digest: PayloadDigest
}
