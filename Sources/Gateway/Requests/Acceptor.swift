import Avro
import Core
import Events
import HTTPServer
import Kafka
import Signing
import Synchronization
import Telemetry

/// Takes requests: checks head and body, encodes the record, hands it to the producer, and leaves the answer to `Acceptance`.
final class Acceptor: Sendable {
    private let endpoints: [String: OperationEndpoint]
    private let producer: Producer
    private let acceptance: Acceptance
    private let configuration: GatewayConfiguration
    private let identities: IdentityMaker
    private let clock: @Sendable () -> Timestamp
    /// Whether there is room for a record of this size in the partition; the embedded broker of `dev` bounds it.
    private let admits: @Sendable (_ operation: String, _ partition: Int32, _ id: RequestID, _ bytes: Int) -> Bool
    private let buffer: Locked<Buffers>
    private let overdue: AcknowledgementWatch
    private let metrics: RequestMetrics
    private let isStopping = Atomic(false)

    private struct Buffers: ~Copyable {
        var payload = AvroWriter(capacity: 4096)
        var record = AvroWriter(capacity: 4096)
    }

    init(
        endpoints: [String: OperationEndpoint], producer: Producer, acceptance: Acceptance, metrics: RequestMetrics,
        configuration: GatewayConfiguration,
        clock: @escaping @Sendable () -> Timestamp, admits: @escaping @Sendable (String, Int32, RequestID, Int) -> Bool
    ) {
        self.endpoints = endpoints
        self.producer = producer
        self.acceptance = acceptance
        self.configuration = configuration
        self.clock = clock
        self.admits = admits
        identities = IdentityMaker(partitionCount: configuration.partitionCount)
        self.metrics = metrics
        overdue = AcknowledgementWatch(limit: configuration.acknowledgementMax, metrics: metrics)
        buffer = Locked(Buffers())
    }

    /// From now on every request is refused.
    func stop() { isStopping.store(true, ordering: .releasing) }

    /// On the server's thread.
    func take(_ request: Request, operation name: String) -> Outcome {
        do throws(Problem) {
            return try accept(request, name)
        } catch {
            return .reply(Answers.problem(error, to: request))
        }
    }

    private func accept(_ request: Request, _ name: String) throws(Problem) -> Outcome {
        guard let endpoint = endpoints[name] else {
            throw Problem(404, "Unknown operation", "There is no operation '\(name)'. GET /operations lists them.")
        }
        guard !isStopping.load(ordering: .acquiring) else { throw .unavailable("the node is stopping; the request was not sent") }
        let now = clock()
        let began = ContinuousClock.now
        let head = try RequestHead(request, now: now)
        let isJSON = try RequestHead.isJSON(request.headers)
        let identity: Exchange.Identity = head.ownID != nil ? .own : head.idempotencyKey != nil ? .key : .fresh
        let id = try identify(head, name, now)
        let operation = endpoint.operation
        let deadline = head.deadline ?? operation.policy.deadline.map { Timestamp(milliseconds: now.milliseconds + $0.milliseconds) }
        let record = RequestRecord(
            id: id, operation: operation.name, createdAt: now, deadline: deadline, idempotencyKey: head.idempotencyKey,
            traceparent: head.traceparent,
            payload: Payload(schema: operation.requestEnvelope.id, bytes: []))
        if !isJSON { try endpoint.check(avro: request.body) }
        return try buffer.withLock { buffers throws(Problem) -> Outcome in
            buffers.payload.removeAll()
            if isJSON {
                try encode(request.body, endpoint, &buffers.payload)
            } else {
                buffers.payload.append(request.body.span.bytes)
            }
            let payload = buffers.payload.bytes  // let go of before the next request, so that its memory is used again
            let exchange = Exchange(
                id: id, operation: operation.name, request: request,
                kind: head.preferences.wait.map { $0 > 0 ? .wait(seconds: $0) : .acknowledge } ?? .acknowledge,
                identity: identity, digest: identity == .fresh ? nil : Payload(schema: record.payload.schema, bytes: payload).digest,
                preferenceApplied: head.preferences.applied,
                began: began)
            buffers.record.removeAll()
            buffers.record.writeRequest(record, payload: payload.span.bytes)
            return try send(record, buffers.record.span, exchange, endpoint)
        }
    }

    private func identify(_ head: RequestHead, _ operation: String, _ now: Timestamp) throws(Problem) -> RequestID {
        if let id = head.ownID { return id }
        guard let key = head.idempotencyKey else { return identities.fresh(now: now) }
        do {
            return try IdentityMaker.derived(tenant: "", operation: operation, key: key)
        } catch {
            throw .unavailable("the id of the Idempotency-Key cannot be computed: \(error)")
        }
    }

    private func encode(_ body: [UInt8], _ endpoint: OperationEndpoint, _ writer: inout AvroWriter) throws(Problem) {
        guard !body.isEmpty else {
            throw .malformed("The body is empty; it must be the JSON form of \(endpoint.operation.request.name ?? "the request").")
        }
        do throws(JSONRejection) {
            try endpoint.operation.requestFromJSON.encode(body.span.bytes, into: &writer)
        } catch {
            if error.isMalformed { throw .malformed("The body is not JSON: \(error.faults.first?.detail ?? "")") }
            let name = endpoint.operation.name
            var problem = Problem(
                422, "Request does not fit its schema",
                "The body does not fit the request schema of \(name); GET /operations/\(name) shows it.")
            problem.faults = error.faults.map { Problem.Fault(pointer: $0.pointer, detail: $0.detail) }
            throw problem
        }
    }

    private func send(_ record: RequestRecord, _ bytes: RawSpan, _ exchange: Exchange, _ endpoint: OperationEndpoint) throws(Problem)
        -> Outcome
    {
        guard bytes.byteCount <= configuration.recordBytesMax else {
            throw Problem(
                413, "Content too large",
                "The encoded record has \(bytes.byteCount) bytes; the topic takes \(configuration.recordBytesMax).")
        }
        let partition = partition(of: record.id, count: configuration.partitionCount)
        guard admits(exchange.operation, partition, exchange.id, bytes.byteCount) else {
            throw .unavailable(
                "the embedded broker's partition \(partition) holds as much as it may of what nobody has taken yet; the request was not sent"
            )
        }
        let reply = reply(for: exchange)
        guard let token = acceptance.open(exchange, reply) else {
            throw .unavailable(
                "\(configuration.unacknowledgedMax) requests wait for Kafka's acknowledgement already; the request was not sent")
        }
        let key = record.id.textBytes
        do throws(KafkaError) {
            try producer.enqueue(
                endpoint.topic, partition: partition, key: key.span.bytes, value: bytes, headers: Self.headers(record), token: token)
        } catch {
            acceptance.withdraw(token)
            throw .unavailable("Kafka cannot take the request now (\(error.detail)); the request was not sent")
        }
        return .later(reply)
    }

    private static func headers(_ record: RequestRecord) -> [Header] {
        record.traceparent.map { [Header("traceparent", text: $0)] } ?? []
    }

    /// The promise to the client: what it is told when time is over depends on how far the record has come.
    private func reply(for exchange: Exchange) -> PendingReply {
        let late: @Sendable () -> Response = { [metrics] in
            let response = AcceptanceAnswers.late(exchange)
            metrics.countRequest(status: response.status)
            return response
        }
        if case (.acknowledge, .fresh) = (exchange.kind, exchange.identity) {
            return PendingReply(within: configuration.acknowledgementMax, otherwise: late)
        }
        let limit: Duration = if case .wait(let seconds) = exchange.kind { .seconds(seconds) } else { configuration.foldWaitMax }
        let reply = PendingReply(within: limit, otherwise: late, onAbandoned: { exchange.end() })
        overdue.add(exchange, reply)
        return reply
    }
}
