internal import Core
internal import Events
internal import Kafka
internal import Store
internal import Telemetry

extension CorrelatorLoop {
    /// By time, by count, or at once when there was nothing to read.
    func commitIfDue() throws(CorrelatorFailure) {
        let isIdle = batch.records.isEmpty
        wasIdle = isIdle
        let isLate = now - committedAt >= configuration.timings.commitInterval.wholeMilliseconds
        for partition in partitions where partition.isDirty || partition.hasMoved {
            let isDue =
                partition.isCaughtUp
                ? isIdle && partition.isDirty || isLate || partition.uncommitted.count >= configuration.limits.changedJobsPerCommitMax
                : partition.storesOffsets && partition.uncommitted.count >= configuration.limits.changedJobsPerCommitMax
            if isDue { try commit(partition) }
        }
        try commitLargest()
        if isLate { committedAt = now }
    }

    /// While catching up, memory is bounded for the node: what folds from nothing have finished is handed to the writer, all at once; if
    /// what is left is still too much, whoever has the most commits first, so that commits are large.
    private func commitLargest() throws(CorrelatorFailure) {
        let limit = configuration.limits.eventsPerCommitCatchingUpMax
        let behind = partitions.filter { !$0.isCaughtUp && $0.eventsUncommitted > 0 }
        guard behind.reduce(0, { $0 + $1.eventsUncommitted }) > limit else { return }
        let finished = behind.compactMap { $0.takeFinished() }
        if !finished.isEmpty { try storing { () throws(StoreError) in finishedWriter.write(finished) } }
        var left = behind.reduce(0) { $0 + $1.eventsUncommitted }
        for partition in behind.sorted(by: { $0.eventsUncommitted > $1.eventsUncommitted }) where left > limit * 3 / 4 {
            left -= partition.eventsUncommitted
            try commit(partition)
        }
    }

    func commit(_ partition: Partition) throws(CorrelatorFailure) {
        let began = ContinuousClock.now
        try storing { () throws(StoreError) in try partition.commit() }
        let left = partition.committed()
        if partition.isCaughtUp, !left.isEmpty || !partition.gone.isEmpty { readers.depart(partition.number, left, gone: partition.gone) }
        partition.gone.removeAll()
        metrics.commits.add()
        metrics.commitTime.observe(ContinuousClock.now - began)
        let held = partitions.reduce(0) { $0 + $1.entries.count }
        metrics.jobsInMemory.set(held)
        jobsHeldMost = max(jobsHeldMost, held)
        if held < jobsHeldMost / 4, jobsHeldMost > Self.jobsWorthTrimming {
            holdsSpareMemory = true
            jobsHeldMost = held
        }
    }

    /// Fewer jobs leave too little memory behind to be given back.
    private static let jobsWorthTrimming = 20_000

    func commitAll() throws(CorrelatorFailure) {
        // What is folded from nothing is of no use before its end.
        for partition in partitions where partition.storesOffsets && (partition.isDirty || partition.hasMoved) { try commit(partition) }
    }

    /// The hint offsets, once a second: each commit that succeeds proves that this node is still a member.
    func prove() {
        guard !isProving, !slots.isEmpty || !suspended.isEmpty, now - provedAt >= configuration.timings.proofInterval.wholeMilliseconds
        else { return }
        var places: [TopicPartitionOffset] = []
        for partition in partitions {
            for track in partition.tracks where track.isStored && track.kind != .jobs {
                places.append(TopicPartitionOffset(track.topic, partition.number, track.storable))
            }
        }
        // Also while partitions are only being asked about, read `rejoinder.jobs` alone, or were given up: a commit is the only proof.
        if places.isEmpty, let number = suspended.first ?? slots.keys.first {
            places = hinted.isEmpty ? [TopicPartitionOffset(configuration.topics.commands, number, 0)] : hinted
        }
        guard !places.isEmpty else { return }
        hinted = places
        isProving = true
        provedAt = now
        let mailbox = mailbox
        consumer.commit(places) { error in mailbox.put { $0.proofs.append(error) } }
    }

    /// One look at the ends at a time, for all who want one: timers, commands, and readers of ids that are not there.
    func look() {
        guard !isLooking, !partitions.isEmpty else { return }
        let asked = readers.takeAsked()
        let isTimeForTimers = wantsLook && now - lookedAt >= configuration.timings.lookInterval.wholeMilliseconds
        let hasNewCommands = partitions.contains { $0.commands.contains { $0.look > looks && !$0.isSent } }
        guard asked || isTimeForTimers || hasNewCommands else { return }
        var places: [TopicPartition] = []
        for partition in partitions where !partition.isRestoring {
            for track in partition.tracks where track.isTimely { places.append(TopicPartition(track.topic, partition.number)) }
        }
        looks += 1
        isLooking = true
        lookedAt = now
        let (number, began, wanted, mailbox, consumer, readers) = (looks, now, places, mailbox, consumer, readers)
        let heartbeats = configuration.topics.heartbeats
        let limit = configuration.timings.lookLimit
        OwnThread.start("correlator") {
            let result: Result<[TopicPartitionOffset], KafkaError>
            do throws(KafkaError) {
                result = .success(try consumer.endOffsets(of: wanted, timeout: limit))
            } catch {
                result = .failure(error)
            }
            if asked { readers.looked(result.map { places in places.filter { $0.topic != heartbeats } }) }  // no job waits for a heartbeat
            mailbox.put { $0.looks.append(LoopMailbox.Look(number: number, began: began, result: result)) }
        }
    }

    func learn(_ look: LoopMailbox.Look) {
        isLooking = false
        guard case .success(let places) = look.result else {
            if case .failure(let error) = look.result { logger.warning("a look at the ends failed", ["error": error.description]) }
            return
        }
        var ends: [Int32: [String: Int64]] = [:]
        for place in places { ends[place.partition, default: [:]][place.topic] = place.offset }
        for partition in partitions { partition.learn(ends: ends[partition.number] ?? [:], look: look.number, at: look.began) }
    }

    /// Which topics there are: operations may appear.
    func askMetadata() {
        guard !isAskingMetadata else { return }
        let interval = topics.isEmpty ? 200 : configuration.timings.metadataInterval.wholeMilliseconds
        guard now - metadataAt >= interval else { return }
        metadataAt = now
        isAskingMetadata = true
        let (admin, mailbox, logger) = (admin, mailbox, logger)
        Task {
            var found: [String: Int] = [:]
            do throws(KafkaError) {
                for topic in try await admin.metadata(within: .seconds(5)).topics where topic.error == nil {
                    found[topic.name] = topic.partitions.count
                }
            } catch {
                logger.warning("the list of topics is not to be had", ["error": error.description])
            }
            mailbox.put { $0.topics = found }
        }
    }

    /// What a fold from nothing or a backlog of jobs has used and freed, the allocator keeps in its arenas, two thirds of it all: once all
    /// partitions have caught up and their jobs are swept, it goes back to the system.
    func giveMemoryBack() {
        guard holdsSpareMemory, !partitions.contains(where: { !$0.isCaughtUp || $0.heldStamps != nil }) else { return }
        holdsSpareMemory = false
        SpareMemory.giveBack()
    }

    /// Who waited for a fold longer than allowed.
    func expireWaiters() { readers.expireWaiters(now: now) }
}
