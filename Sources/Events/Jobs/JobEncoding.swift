public import Avro
public import Core

extension AvroWriter {
    /// A job as stores keep it: head (schema `EnvelopeCodec.job`) and body. The same body lies within the records of `rejoinder.jobs`.
    public mutating func writeJob(_ job: Job) {
        beginFrame(EnvelopeCodec.job.id)
        writeJobBody(job)
    }

    /// A record of `rejoinder.jobs` under the job's id: the job, and where it was folded to.
    public mutating func writeFolded(_ job: Job, _ place: FoldedPlace) {
        writePlace(place)
        writeByte(0)
        writeJobBody(job)
    }

    /// A checkpoint of `rejoinder.jobs` under `FoldedPlace.key`: every job that changed before the place lies before it.
    public mutating func writeMark(_ place: FoldedPlace) {
        writePlace(place)
        writeByte(1 * 2)
    }

    private mutating func writePlace(_ place: FoldedPlace) {
        beginFrame(EnvelopeCodec.folded.id)
        writeString(place.writer)
        writeTime(place.time)
        if !place.offsets.isEmpty {
            writeLong(Int64(place.offsets.count))
            for (topic, offset) in place.offsets.sorted(by: { $0.key < $1.key }) {
                writeString(topic)
                writeLong(offset)
            }
        }
        writeByte(0)
    }

    /// In the order of the schema; a test compares with the generated decoder.
    private mutating func writeJobBody(_ job: Job) {
        writeID(job.id)
        writeFacts(job.facts)
        writeTyped(job.payload)
        writeVisible(job)
        writeAttempt(job)
        writeList(job.signals) { writer, signal in
            writer.writeString(signal.name)
            writer.writeString(signal.by)
            writer.writeBytes(signal.value)
        }
        writeList(job.checkpoints) { writer, checkpoint in
            writer.writeString(checkpoint.step)
            writer.writeBytes(checkpoint.value)
        }
        writeInteger(job.seenAttempt)
        writeTime(job.newestRecordAt)
        writeLong(job.lastRecordOffset)
        writeBoolean(job.isStartable)
        writeList(job.clashes) { writer, offset in writer.writeLong(offset) }
        writeList(job.sources) { writer, source in
            writer.writeString(source.name)
            writer.writeLong(source.sequence)
            writer.writeInteger(source.attempt)
            writer.writeInteger(source.openAttempt)
        }
        writeList(job.kept) { writer, record in writer.writeKept(record) }
        writeLong(job.late)
    }

    private mutating func writeFacts(_ facts: JobFacts?) {
        guard let facts else { return writeByte(0) }
        writeByte(2)
        writeLong(facts.offset)
        writeTime(facts.appendedAt)
        writeString(facts.operation)
        writeTime(facts.createdAt)
        writeString(facts.tenant)
        writeOptional(facts.deadline)
        writeOptional(facts.notBefore)
        writeInteger(facts.priority)
        writeOptional(facts.idempotencyKey)
        writeOptional(facts.replyTo)
        writeOptional(facts.callback)
        writeOptional(facts.traceparent)
        writeMap(facts.context)
        writeLong(Int64(bitPattern: facts.digest.high))
        writeLong(Int64(bitPattern: facts.digest.low))
    }

    private mutating func writeVisible(_ job: Job) {
        writeInt(Int32(job.status.rawValue))
        writeLong(job.version)
        writeInteger(job.attempt)
        writeString(job.worker)
        if let progress = job.progress {
            writeByte(2)
            writeOptional(progress.fraction)
            writeString(progress.message)
            writeOptional(progress.completed)
            writeOptional(progress.total)
            writeString(progress.unit)
        } else {
            writeByte(0)
        }
        if let waiting = job.waiting {
            writeByte(2)
            writeString(waiting.name)
            writeOptional(waiting.until)
            writeString(waiting.message)
        } else {
            writeByte(0)
        }
        writeTyped(job.result)
        writeJobFailure(job.failure)
        writeList(job.attemptErrors) { writer, error in
            writer.writeInteger(error.attempt)
            writer.writeString(error.worker)
            writer.writeTime(error.time)
            writer.writeString(error.code)
            writer.writeString(error.message)
        }
        writeInteger(job.parts)
        writeOptional(job.deadline)
        writeTime(job.updatedAt)
        writeOptional(job.startedAt)
        writeOptional(job.finishedAt)
        writeString(job.reason)
        if let cancellation = job.cancellation {
            writeByte(2)
            writeString(cancellation.by)
            writeString(cancellation.reason)
            writeTime(cancellation.time)
        } else {
            writeByte(0)
        }
    }

    private mutating func writeAttempt(_ job: Job) {
        writeInt(Int32(job.phase.rawValue))
        writeString(job.take)
        writeOptional(job.boundOffset)
        writeOptional(job.attemptStartedAt)
        writeInteger(job.failures)
        writeInteger(job.losses)
        writeInteger(job.nextAttempt)
        writeTime(job.nextAt)
        writeInteger(job.attemptTop)
        writeInteger(job.reopens)
    }

    private mutating func writeTyped(_ payload: Payload?) {
        guard let payload else { return writeByte(0) }
        writeByte(2)
        writeTypedBytes(payload)
    }

    private mutating func writeTypedBytes(_ payload: Payload) {
        writeInt(Int32(bitPattern: payload.schema))
        writeBytes(payload.bytes)
    }

    private mutating func writeJobFailure(_ failure: Failure?) {
        guard let failure else { return writeByte(0) }
        writeByte(2)
        writeString(failure.code)
        writeString(failure.message)
        writeBoolean(failure.retryable)
        switch failure.details {
        case nil:
            writeByte(0)
            writeByte(0)
        case .json(let json):
            writeByte(2)
            writeBytes(json)
            writeByte(0)
        case .declared(let type, let branch, let payload):
            writeByte(0)
            writeByte(2)
            writeString(type)
            writeInteger(branch)
            writeTypedBytes(payload)
        }
    }

    private mutating func writeKept(_ record: EventRecord) {
        writeInt(Int32(bitPattern: record.event.typedSchema ?? 0))
        if case .failed(let failure) = record.event, case .declared(let type, _, _) = failure.details {
            writeString(type)
        } else {
            writeString("")
        }
        var body = AvroWriter(capacity: 256)
        body.writeResponseBody(record)
        writeBytes(body.span)
    }

    private mutating func writeList<Element>(_ items: [Element], _ write: (inout AvroWriter, Element) -> Void) {
        if !items.isEmpty {
            writeLong(Int64(items.count))
            for item in items { write(&self, item) }
        }
        writeByte(0)
    }
}
