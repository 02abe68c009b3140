internal import Avro
internal import Core
internal import Events
internal import Kafka
internal import Telemetry

extension CorrelatorLoop {
    /// Folds the batch into the partitions' jobs, and lets readers see what changed.
    func fold() {
        guard !batch.isEmpty else { return }
        // Taken out, so that spans of its arena can be lent while the loop's state changes.
        var taken = ConsumerBatch()
        swap(&taken, &batch)
        fold(taken)
        swap(&taken, &batch)
    }

    private func fold(_ batch: ConsumerBatch) {
        var current: Partition?
        let bytes = batch.bytes.span.bytes
        for record in batch.records {
            if current?.number != record.partition {
                guard case .open(let partition) = slots[record.partition] else { continue }
                current = partition
            }
            guard let partition = current, let track = partition.track(ofTopic: record.topic) else { continue }
            // What was fetched for a former start of this partition may still come: it lies below, and was folded, or is folded later.
            guard record.offset >= partition.tracks[track].position else { continue }
            partition.tracks[track].position = record.offset + 1
            partition.tracks[track].readTime = record.timestamp
            partition.isTouched = true
            guard let value = record.value else {
                if partition.tracks[track].kind == .jobs, let key = record.key {
                    partition.restoredTombstone(key: bytes.extracting(key))
                }
                continue
            }
            do throws(AvroError) {
                try foldPatiently(record, bytes.extracting(value), partition, track)
            } catch {
                setAside(record, partition, track, error)
            }
        }
        for end in batch.ends {
            guard case .open(let partition) = slots[end.partition], let track = partition.track(ofTopic: end.topic) else { continue }
            partition.tracks[track].position = max(partition.tracks[track].position, end.offset)
            partition.isTouched = true
        }
        metrics.eventsFolded.add(batch.records.count)
        for partition in partitions where partition.isTouched || !partition.batch.isEmpty { publish(partition) }
    }

    /// A schema that was registered a moment ago may not have been read yet: it is waited for, once.
    private func foldPatiently(_ record: ConsumerRecord, _ value: RawSpan, _ partition: Partition, _ track: Int) throws(AvroError) {
        do throws(AvroError) {
            try fold(record, value, partition, track)
        } catch {
            guard error.code == .schemaUnknown, let id = try? EnvelopeCodec.schemaID(of: value),
                schemas.waits(for: id, consumer, within: .seconds(2))
            else { throw error }
            try fold(record, value, partition, track)
        }
    }

    private func fold(_ record: ConsumerRecord, _ value: RawSpan, _ partition: Partition, _ track: Int) throws(AvroError) {
        switch partition.tracks[track].kind {
        case .requests(let operation):
            partition.fold(
                try reader.requestRecord(value, of: operation), track: track, offset: record.offset,
                appendedAt: Timestamp(milliseconds: record.timestamp))
        case .responses(let operation): partition.fold(try reader.eventRecord(value, of: operation), track: track, offset: record.offset)
        case .commands: partition.read(try reader.command(value), track: track, offset: record.offset, look: looks + 1)
        case .heartbeats: partition.fold(try reader.heartbeat(value))
        case .jobs: try partition.restored(value, journalist: journalist)
        }
    }

    /// Garbage: kept with its place, counted, and passed over.
    private func setAside(_ record: ConsumerRecord, _ partition: Partition, _ track: Int, _ error: AvroError) {
        metrics.recordsSetAside.add()
        let topic = partition.tracks[track].topic
        partition.garbage.append(Garbage(topic: topic, offset: record.offset, time: wall, detail: error.description))
        logger.warning(
            "set aside a record that cannot be read",
            ["topic": topic, "partition": record.partition, "offset": record.offset, "error": error.description])
    }

    /// Readers see the batch at once; the store's commit follows.
    private func publish(_ partition: Partition) {
        partition.isTouched = false
        partition.settleAwaited()
        partition.armChanged()
        var changed: [JobSnapshot] = []
        for entry in partition.batch {
            entry.isInBatch = false
            guard partition.isCaughtUp, entry.job.isVisible else { continue }
            let snapshot = JobSnapshot(entry.job)
            entry.shown = snapshot
            changed.append(snapshot)
        }
        partition.batch.removeAll(keepingCapacity: true)
        var ended: [(operation: String, milliseconds: Int64)] = []
        swap(&ended, &partition.ended)
        readers.publish(partition.number, changed, positions: partition.positions, ready: partition.isCaughtUp, ended: ended)
    }

    /// Lets topics rest that are ahead of what they belong to while partitions are folded from nothing.
    func pace() {
        var pauses: [TopicPartition] = []
        var resumes: [TopicPartition] = []
        let jobsMax = configuration.limits.jobsCatchingUpMax / max(1, slots.count)
        for partition in partitions where partition.fromNothing != nil && !partition.isRestoring {
            partition.pace(jobsMax: jobsMax) { topic, isPaused in
                let place = TopicPartition(topic, partition.number)
                if isPaused { pauses.append(place) } else { resumes.append(place) }
            }
        }
        guard !pauses.isEmpty || !resumes.isEmpty else { return }
        metrics.rests.add(pauses.count)
        paused = paused.union(pauses).subtracting(resumes)
        do throws(KafkaError) {
            if !pauses.isEmpty { try consumer.pause(pauses) }
            if !resumes.isEmpty { try consumer.resume(resumes) }
        } catch {
            logger.warning("topics could not be paused or resumed", ["error": error.description])
        }
    }

    /// Partitions that have passed the ends of their assignment, or have read `rejoinder.jobs`, go on to what comes next.
    func advance() throws(CorrelatorFailure) {
        for partition in partitions where !partition.isCaughtUp {
            if !partition.isClaimSent { partition.isClaimSent = outbox.claim(partition.number, instance: partition.instance) }
            if partition.isRestoring {
                guard partition.hasRestored else { continue }
                try beginFolding(partition)
            }
            guard partition.catchesUp() else { continue }
            try commit(partition)
            holdsSpareMemory = holdsSpareMemory || partition.fromNothing != nil
            partition.fromNothing = nil
            partition.beginDeciding()
            rebuilt.insert(partition.number)
            readers.publish(partition.number, [], positions: partition.positions, ready: true)
            logger.info("the fold has caught up", ["partition": partition.number, "jobs": partition.entries.count])
        }
    }
}
