import Avro
import Core
import Events
import Kafka

import Telemetry

extension OperationRunner {
    /// Memory that a thread uses again for each request.
    struct Scratch: ~Copyable {
        var started = AvroWriter(capacity: 512)
        var answer = AvroWriter(capacity: 1_024)
        var response = AvroWriter(capacity: 1_024)
        var reader: EnvelopeReader

        init(_ book: SchemaBook) { reader = EnvelopeReader(book) }
    }

    /// Where a request comes from.
    struct Origin {
        let partition: Int32
        let offset: Int64
        let ticket: Int
        let epoch: Int32
    }

    enum Begun {
        /// Nothing is left to do: answered at once, or skipped.
        case done
        /// The handler needs a slot and none is free.
        case full
        /// The handler runs in a slot.
        case running
    }

    /// Begins one request: skips it, answers it at once, or starts its handler. `takesSlot`: whether a free slot was already reserved.
    func begin(_ record: RawSpan, _ origin: Origin, _ scratch: inout Scratch, takesSlot: Bool) -> Begun {
        let view: RequestView
        do throws(AvroError) {
            if let bytes = try rewritten(record, &scratch) { return begin(bytes.span.bytes, origin, &scratch, takesSlot: takesSlot) }
            view = try scratch.reader.request(record)
        } catch {
            setAside(origin, error.description)
            return .done
        }
        guard isOurs(view.operation.bytes(in: record)) else {
            setAside(origin, "it is a request of the operation \(view.operation.string(in: record))")
            return .done
        }
        let now = WallClock.now
        // A record that announces a delayed start is not to run: the correlator publishes it again, without the time, when that has come.
        let isEarly = view.notBefore.map({ $0 > now }) == true
        if isEarly || view.deadline.map({ $0 <= now }) == true || partition(of: view.id, count: partitions) != origin.partition {
            skip(origin)
            return .done
        }
        let isNew = state.withLock { state in
            let before = state.starts.start(view.id, attempt: view.attempt, partition: origin.partition, offset: origin.offset)
            return before == nil || before == origin.offset && !state.isOpen(partition: origin.partition, offset: origin.offset)
        }
        guard isNew else {
            skip(origin)
            return .done
        }
        var payload = Payload(schema: view.schema, bytes: [])
        if view.schema == operation.requestEnvelope.id {
            if answersAtOnce(view, view.payload.bytes(in: record), record, origin, now, &scratch) { return .done }
            payload.bytes = view.payload.array(in: record)
        } else {
            do throws(AvroError) {
                payload = try codec.current(view.payload.bytes(in: record), writer: book.known(view.schema))
            } catch {
                setAside(origin, error.description)
                return .done
            }
            let isAnswered = answersAtOnce(view, payload.bytes.span.bytes, record, origin, now, &scratch)
            if isAnswered { return .done }
        }
        var request = view.record(in: record)
        request.payload = payload
        return start(request, origin, now, &scratch, takesSlot: takesSlot) ? .running : .full
    }

    private func isOurs(_ name: RawSpan) -> Bool {
        name.byteCount == nameBytes.count && name.withUnsafeBytes { $0.elementsEqual(nameBytes) }
    }

    /// The record in our own envelope when it came in one of another shape. A schema may be registered a moment after its first record was
    /// seen here: waited for once.
    private func rewritten(_ record: RawSpan, _ scratch: inout Scratch) throws(AvroError) -> [UInt8]? {
        do throws(AvroError) {
            return try scratch.reader.rewritten(record, for: operation.name)
        } catch {
            guard error.code == .schemaUnknown, let id = try? EnvelopeCodec.schemaID(of: record) else { throw error }
            guard codec.isWorthWaiting(for: id) else { throw error }
            for _ in 0..<100 where book.known(id) == nil { OwnThread.sleep(.milliseconds(20)) }
            return try scratch.reader.rewritten(record, for: operation.name)
        }
    }

    /// Asks the handler for an answer at once; true when it gave one, which is sent behind its *started*.
    private func answersAtOnce(
        _ view: RequestView, _ payload: RawSpan, _ record: RawSpan, _ origin: Origin, _ now: Timestamp, _ scratch: inout Scratch
    ) -> Bool {
        scratch.response.removeAll()
        var failure: HandlerFailure?
        do throws(HandlerFailure) {
            guard try handler.answer(view.id, attempt: view.attempt, payload: payload, into: &scratch.response) else { return false }
            if scratch.response.count > codec.payloadBytesMax { failure = codec.tooLarge("the result", scratch.response.count) }
        } catch {
            failure = error
        }
        let traceparent = view.traceparent?.string(in: record)
        let number = outlet.nextNumber()
        let head = ResponseHead(
            schema: operation.responseEnvelope.id, id: view.id, attempt: view.attempt, source: outlet.source(number),
            traceparent: traceparent)
        scratch.started.removeAll()
        scratch.started.writeStarted(head, sequence: 1, time: now, offset: origin.offset, worker: outlet.name)
        scratch.answer.removeAll()
        if let failure {
            scratch.answer.writeEvent(head, sequence: 2, time: now, .failed(codec.failure(failure)))
            figures.failed.add()
        } else {
            Self.write(scratch.response, into: &scratch.answer, head, now)
            figures.completed.add()
        }
        figures.started.add()
        let tokens = state.withLock { state in
            state.startsPending += 1
            var entry = PendingTable.Entry(
                kind: .started, partition: origin.partition, attempt: Int32(clamping: view.attempt), epoch: origin.epoch,
                ticket: origin.ticket,
                id: view.id, number: number, sequence: 1)
            let started = state.pending.open(entry)
            entry.kind = .end
            entry.sequence = 2
            return (started, state.pending.open(entry))
        }
        let key = view.id.textBytes
        let headers = traceparent.map { [Header("traceparent", text: $0)] } ?? []
        send(scratch.started.span, key: key.span.bytes, partition: origin.partition, headers: headers, token: tokens.0)
        send(scratch.answer.span, key: key.span.bytes, partition: origin.partition, headers: headers, token: tokens.1)
        return true
    }

    private static func write(_ response: borrowing AvroWriter, into answer: inout AvroWriter, _ head: ResponseHead, _ now: Timestamp) {
        answer.writeCompleted(head, sequence: 2, time: now, payload: response.span)
    }

    /// Takes a slot (or has one), sends *started* and runs the handler in a task of its own. False: no slot is free.
    private func start(_ request: RequestRecord, _ origin: Origin, _ now: Timestamp, _ scratch: inout Scratch, takesSlot: Bool) -> Bool {
        let number = outlet.nextNumber()
        let source = outlet.source(number)
        let take = Take(
            id: request.id, attempt: request.attempt, number: number, source: source, partition: origin.partition, offset: origin.offset,
            head: ResponseHead(
                schema: operation.responseEnvelope.id, id: request.id, attempt: request.attempt, source: source,
                traceparent: request.traceparent),
            headers: request.traceparent.map { [Header("traceparent", text: $0)] } ?? [], progressInterval: configuration.progressInterval)
        let token = state.withLock { state -> Int? in
            if !takesSlot {
                guard state.running < slots else { return nil }
                state.running += 1
            }
            state.startsPending += 1
            state.open[number] = RunnerState.OpenTake(take: take)
            return state.pending.open(
                PendingTable.Entry(
                    kind: .started, partition: origin.partition, attempt: Int32(clamping: request.attempt), epoch: origin.epoch,
                    ticket: origin.ticket, id: request.id, number: number, sequence: 1))
        }
        guard let token else { return false }
        figures.started.add()
        figures.running.add(1)
        scratch.started.removeAll()
        scratch.started.writeStarted(take.head, sequence: 1, time: now, offset: origin.offset, worker: outlet.name)
        let key = request.id.textBytes
        send(scratch.started.span, key: key.span.bytes, partition: origin.partition, headers: take.headers, token: token)
        let work = Work(request, codec: codec)
        take.run(in: Task.detached { await self.perform(take, work) })
        return true
    }

    /// Hands a record to the producer. What it refuses for good is treated as its report would be.
    func send(_ value: RawSpan, key: RawSpan, partition: Int32, headers: [Header], token: Int) {
        let whole = index << Self.tokenBits | UInt64(token)
        do throws(KafkaError) {
            try outlet.send(responses, partition: partition, key: key, value: value, headers: headers, token: whole)
        } catch {
            refused(token, error)
        }
    }

    private func skip(_ origin: Origin) {
        figures.skipped.add()
        state.withLock { $0.settle(partition: origin.partition, ticket: origin.ticket, epoch: origin.epoch) }
    }

    /// A record that is no request: named by its place, counted, and passed over, so that its partition moves on.
    private func setAside(_ origin: Origin, _ reason: String) {
        figures.setAside.add()
        if let suppressed = asideLimiter.admit() {
            logger.error(
                "a record was set aside: \(reason)",
                ["topic": requestsTopic, "partition": origin.partition, "offset": origin.offset, "suppressed": suppressed])
        }
        state.withLock { $0.settle(partition: origin.partition, ticket: origin.ticket, epoch: origin.epoch) }
    }
}
