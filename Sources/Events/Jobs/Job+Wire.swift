import Avro
import Core

extension Job {
    /// A job from its encoded form.
    init(_ wire: Wire.Job, in bytes: RawSpan) throws(AvroError) {
        guard let id = RequestID(text: wire.requestId.bytes(in: bytes)) else { throw IDFault.error(wire.requestId) }
        self.init(id: id)
        facts = try wire.facts.map { wire throws(AvroError) in try JobFacts(wire, in: bytes) }
        payload = wire.payload.map { Payload($0, in: bytes) }
        restoreVisible(wire, in: bytes)
        try wire.attemptErrors.forEach(in: bytes) { error throws(AvroError) in attemptErrors.append(AttemptError(error, in: bytes)) }
        restoreAttempt(wire, in: bytes)
        try wire.signals.forEach(in: bytes) { wire throws(AvroError) in
            signals.append(Signal(name: wire.name.string(in: bytes), by: wire.by.string(in: bytes), value: wire.value.array(in: bytes)))
        }
        try wire.checkpoints.forEach(in: bytes) { wire throws(AvroError) in
            checkpoints.append(Checkpoint(step: wire.step.string(in: bytes), value: wire.value.array(in: bytes)))
        }
        seenAttempt = Int(wire.seenAttempt)
        newestRecordAt = Timestamp(milliseconds: wire.newestRecordAt)
        lastRecordOffset = wire.lastRecordOffset
        isStartable = wire.isStartable
        clashes = try wire.clashes.items(in: bytes)
        try wire.sources.forEach(in: bytes) { wire throws(AvroError) in
            sources.append(
                JobSource(
                    name: wire.name.string(in: bytes), sequence: wire.sequence, attempt: Int(wire.attempt),
                    openAttempt: Int(wire.openAttempt)))
        }
        try wire.kept.forEach(in: bytes) { wire throws(AvroError) in kept.append(try EventRecord(wire, in: bytes)) }
        late = wire.late
    }

    private mutating func restoreVisible(_ wire: Wire.Job, in bytes: RawSpan) {
        status = JobStatus(rawValue: UInt8(truncatingIfNeeded: wire.status.rawValue)) ?? .accepted
        version = wire.version
        attempt = Int(wire.attempt)
        worker = wire.worker.string(in: bytes)
        progress = wire.progress.map {
            Progress(
                fraction: $0.fraction, message: $0.message.string(in: bytes), completed: $0.completed, total: $0.total,
                unit: $0.unit.string(in: bytes))
        }
        waiting = wire.waiting.map {
            Waiting(
                name: $0.name.string(in: bytes), until: $0.until.map { Timestamp(milliseconds: $0) }, message: $0.message.string(in: bytes))
        }
        result = wire.result.map { Payload($0, in: bytes) }
        failure = wire.failure.map { Failure($0, in: bytes) }
        parts = Int(wire.parts)
        deadline = wire.deadline.map { Timestamp(milliseconds: $0) }
        updatedAt = Timestamp(milliseconds: wire.updatedAt)
        startedAt = wire.startedAt.map { Timestamp(milliseconds: $0) }
        finishedAt = wire.finishedAt.map { Timestamp(milliseconds: $0) }
        reason = wire.reason.string(in: bytes)
        cancellation = wire.cancellation.map {
            CancelRequest(by: $0.by.string(in: bytes), reason: $0.reason.string(in: bytes), time: Timestamp(milliseconds: $0.time))
        }
    }

    private mutating func restoreAttempt(_ wire: Wire.Job, in bytes: RawSpan) {
        phase = JobPhase(rawValue: UInt8(truncatingIfNeeded: wire.phase.rawValue)) ?? .new
        take = wire.take.string(in: bytes)
        boundOffset = wire.boundOffset
        attemptStartedAt = wire.attemptStartedAt.map { Timestamp(milliseconds: $0) }
        failures = Int(wire.failures)
        losses = Int(wire.losses)
        nextAttempt = Int(wire.nextAttempt)
        nextAt = Timestamp(milliseconds: wire.nextAt)
        attemptTop = Int(wire.attemptTop)
        reopens = Int(wire.reopens)
    }
}

extension JobFacts {
    fileprivate convenience init(_ wire: Wire.JobFacts, in bytes: RawSpan) throws(AvroError) {
        var context: [String: String] = [:]
        try wire.context.forEach(in: bytes) { key, value throws(AvroError) in context[key.string(in: bytes)] = value.slice.string(in: bytes)
        }
        self.init(
            offset: wire.offset, appendedAt: Timestamp(milliseconds: wire.appendedAt), operation: wire.operation.string(in: bytes),
            createdAt: Timestamp(milliseconds: wire.createdAt), tenant: wire.tenant.string(in: bytes),
            deadline: wire.deadline.map { Timestamp(milliseconds: $0) }, notBefore: wire.notBefore.map { Timestamp(milliseconds: $0) },
            priority: Int(wire.priority), idempotencyKey: wire.idempotencyKey?.string(in: bytes), replyTo: wire.replyTo?.string(in: bytes),
            callback: wire.callback?.string(in: bytes), traceparent: wire.traceparent?.string(in: bytes), context: context,
            digest: PayloadDigest(high: UInt64(bitPattern: wire.digestHigh), low: UInt64(bitPattern: wire.digestLow)))
    }
}

extension Payload {
    fileprivate init(_ wire: Wire.TypedBytes, in bytes: RawSpan) {
        self.init(schema: UInt32(bitPattern: wire.schema), bytes: wire.bytes.array(in: bytes))
    }
}

extension Failure {
    fileprivate init(_ wire: Wire.JobFailure, in bytes: RawSpan) {
        var details = wire.json.map { Details.json($0.array(in: bytes)) }
        if let declared = wire.declared {
            details = .declared(
                type: declared.type.string(in: bytes), branch: Int(declared.branch), payload: Payload(declared.value, in: bytes))
        }
        self.init(code: wire.code.string(in: bytes), message: wire.message.string(in: bytes), retryable: wire.retryable, details: details)
    }
}

extension AttemptError {
    fileprivate init(_ wire: Wire.AttemptError, in bytes: RawSpan) {
        self.init(
            attempt: Int(wire.attempt), worker: wire.worker.string(in: bytes), time: Timestamp(milliseconds: wire.time),
            code: wire.code.string(in: bytes), message: wire.message.string(in: bytes))
    }
}

extension EventRecord {
    /// An event that waits in a job.
    fileprivate init(_ wire: Wire.KeptEvent, in bytes: RawSpan) throws(AvroError) {
        let body = wire.response.bytes(in: bytes)
        let response = try Wire.Response(decoding: body)
        guard let id = RequestID(text: response.requestId.bytes(in: body)) else { throw IDFault.error(response.requestId) }
        let names = DeclaredNames.named(wire.declaredType.string(in: bytes))
        self.init(
            id: id, attempt: Int(response.attempt), source: response.source.string(in: body), sequence: response.sequence,
            time: Timestamp(milliseconds: response.time), traceparent: response.traceparent?.string(in: body),
            event: try Event(response.event, in: body, schema: UInt32(bitPattern: wire.schema), names: names))
    }
}
