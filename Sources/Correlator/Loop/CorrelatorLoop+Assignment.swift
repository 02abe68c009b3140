internal import Core
internal import Events
internal import Kafka
internal import Store
internal import Telemetry

extension CorrelatorLoop {
    /// The cluster's topics: how many partitions there are, and operations that appeared.
    func learn(_ found: [String: Int]) throws(CorrelatorFailure) {
        isAskingMetadata = false
        guard let count = found[configuration.topics.commands], count > 0 else { return }
        if partitionCount != 0, partitionCount != count {
            throw CorrelatorFailure(
                "\(configuration.topics.commands) has \(count) partitions and had \(partitionCount): a request's partition is a hash, so the number is fixed for a prefix"
            )
        }
        partitionCount = count
        var known: Set<String> = []
        for (topic, partitions) in found where kind(of: topic) != nil {
            guard partitions == count else {
                logger.error(
                    "a topic has another number of partitions and is not read",
                    ["topic": topic, "partitions": partitions, "expected": count])
                continue
            }
            known.insert(topic)
        }
        let added = known.subtracting(topics)
        guard !added.isEmpty else { return }
        topics.formUnion(added)
        let (producer, names) = (producer, added.sorted() + [configuration.topics.members])
        Task { try? await producer.warm(topics: names) }
        for (number, slot) in slots {
            switch slot {
            case .resolving(let instance):
                readers.open(number, of: count)
                if !unresolved.contains(where: { $0.number == number }) { unresolved.append((number, instance)) }
            case .open(let partition): unresolved.append((number, partition.instance))
            }
        }
    }

    func kind(of topic: String) -> Track.Kind? {
        switch configuration.topics.kind(of: topic) {
        case .requests(let operation): .requests(operation: operation)
        case .responses(let operation): .responses(operation: operation)
        case .commands: .commands
        case .heartbeats: .heartbeats
        case .jobs: .jobs
        case .deadLetters, .members, .schemas, nil: nil
        }
    }

    /// The bounds of a partition's topics are known: it is opened, or operations that appeared are added to it.
    func begin(_ resolution: Resolution) throws(CorrelatorFailure) {
        switch slots[resolution.partition] {
        case .resolving(let instance) where instance == resolution.instance: try openPartition(resolution)
        case .open(let partition) where partition.instance == resolution.instance && resolution.error == nil:
            try addTopics(resolution, to: partition)
        default: return
        }
    }

    private func openPartition(_ resolution: Resolution) throws(CorrelatorFailure) {
        let number = resolution.partition
        if let error = resolution.error {
            logger.warning("the topics' bounds are not to be had; asked again", ["partition": number, "error": error.description])
            return unresolved.append((number, resolution.instance))
        }
        let partition = Partition(
            number: number, count: partitionCount, instance: resolution.instance, start: start, environment: environment)
        let stored = environment.tables.offsets(number)
        // Any store but the last owner's lacks what others folded since, and may hold offsets of another cluster's logs.
        let isOurs = resolution.lastOwner == configuration.node
        let isRebuilding = configuration.rebuild && !rebuilt.contains(number)
        let isUsable = !isRebuilding && !stored.isEmpty && isOurs
        if !isUsable {
            if !stored.isEmpty {
                logger.info(
                    "the store's rows of a partition are thrown away",
                    ["partition": number, "why": isRebuilding ? "rebuild" : "\(resolution.lastOwner ?? "nobody") owned it last"])
            }
            // Also without offsets there may be rows: those of a fold that was killed before its first whole commit.
            try storing { () throws(StoreError) in try environment.tables.discard(number) }
        }
        partition.isResumed = isUsable
        slots[number] = .open(partition)
        if isUsable {
            environment.tables.marks(number) { partition.journal.restore($0) }
            partition.journal.sweep = environment.tables.sweep(number)
        } else {
            partition.heldStamps = StampTable()
            partition.fromNothing = FoldFromNothing(writer: finishedWriter)
        }
        partition.resolution = resolution
        let claimed = outbox.claim(number, instance: partition.instance)
        if !claimed { logger.warning("the claim of a partition could not be sent yet", ["partition": number]) }
        partition.isClaimSent = claimed
        if !isUsable, let end = resolution.ends[configuration.topics.jobs], end > (resolution.begins[configuration.topics.jobs] ?? 0) {
            partition.isRestoring = true
            try add([configuration.topics.jobs], resolution, partition)
            return
        }
        try beginFolding(partition)
    }

    /// All topics, from the stored offsets or from their starts.
    func beginFolding(_ partition: Partition) throws(CorrelatorFailure) {
        guard let resolution = partition.resolution else { return }
        partition.isRestoring = false
        if !partition.isResumed {
            partition.importRestored()
            partition.journal.sweep = RequestID(high: 0, low: 0)
            partition.isSweepDirty = true
        }
        let known = Set(partition.tracks.map(\.topic))
        try add(resolution.ends.keys.filter { !known.contains($0) }.sorted(), resolution, partition)
    }

    private func addTopics(_ resolution: Resolution, to partition: Partition) throws(CorrelatorFailure) {
        guard !partition.isRestoring else { return }
        let known = Set(partition.tracks.map(\.topic))
        let new = resolution.ends.keys.filter { !known.contains($0) }.sorted()
        guard !new.isEmpty else { return }
        logger.info("new topics are read", ["partition": partition.number, "topics": new.joined(separator: ",")])
        try add(new, resolution, partition)
    }

    private func add(_ topics: [String], _ resolution: Resolution, _ partition: Partition) throws(CorrelatorFailure) {
        let stored = partition.isResumed || partition.isCaughtUp ? environment.tables.offsets(partition.number) : [:]
        for topic in topics {
            guard let kind = kind(of: topic), let begin = resolution.begins[topic], let end = resolution.ends[topic] else { continue }
            let position: Int64
            if kind == .heartbeats {
                position = end
            } else if let offset = stored[topic] {
                position = offset
                guard offset >= begin, offset <= end else { throw gone(topic, partition.number, offset, begin, end) }
            } else {
                position = begin
            }
            var track = Track(topic: topic, kind: kind, position: position, goal: end, known: end)
            track.effectFrom = max(partition.checkpoint[topic] ?? 0, 0)
            if kind == .commands, !partition.isResumed { track.position = max(position, min(track.effectFrom, end)) }
            partition.add(track, index: consumer.topicIndex(of: topic))
            isAssignmentDirty = true
        }
    }

    /// A stored offset that the log no longer has: never a silent reset.
    private func gone(_ topic: String, _ partition: Int32, _ offset: Int64, _ begin: Int64, _ end: Int64) -> CorrelatorFailure {
        CorrelatorFailure(
            "the store has folded \(topic)/\(partition) up to \(offset), but the log holds \(begin) to \(end): retention was shorter than this node's absence, or the topic was made anew. Start once with --rebuild, which folds the topics from their start (and takes from \(configuration.topics.jobs) what lies before)"
        )
    }

    /// Runs what writes to the store, behind what is being written.
    func storing<Value>(_ body: () throws(StoreError) -> Value) throws(CorrelatorFailure) -> Value {
        do throws(StoreError) {
            try finishedWriter.wait()
            return try body()
        } catch {
            throw CorrelatorFailure(error.description)
        }
    }
}
