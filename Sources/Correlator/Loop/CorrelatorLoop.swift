internal import Core
internal import Events
internal import Kafka
internal import Store
internal import Telemetry

/// The one thread of a correlator: reads, folds, shows readers what changed, decides what is due, and commits. Nothing of it is shared; what
/// others tell it comes through the mailbox, what it tells others goes through the read model.
final class CorrelatorLoop {
    let configuration: CorrelatorConfiguration
    let consumer: Consumer
    let outbox: Outbox
    let mailbox: LoopMailbox
    let readers: ReadModel
    let members: MemberTable
    let schemas: SchemaFollower
    let producer: Producer
    let admin: Admin
    let environment: Partition.Environment
    let finishedWriter: FinishedWriter
    let logger: Logger
    let metrics: CorrelatorMetrics
    var reader: EnvelopeReader
    var batch = ConsumerBatch()

    /// By partition number.
    var slots: [Int32: Slot] = [:]
    var partitionCount = 0
    /// Topics of this installation that are read, by name.
    var topics: Set<String> = []
    var instances = 0
    /// What topic indexes of the consumer mean, as far as seen.
    var kinds: [Track.Kind?] = []
    /// A name for this start: no other start of any node has it.
    let start: String
    /// What this start's records of `rejoinder.jobs` name as their writer.
    let journalist: [UInt8]

    var now = Clocks.monotonic
    var wall = Clocks.wall
    var turnedAt = Clocks.monotonic
    var committedAt = Clocks.monotonic
    var provedAt = Int64.min / 2
    var isProving = false
    var metadataAt = Int64.min / 2
    var isAskingMetadata = false
    var looks: UInt64 = 0
    var isLooking = false
    var lookedAt = Int64.min / 2
    var wantsLook = false
    var wasIdle = false
    /// When a partition was opened last.
    var openedAt = Int64.min / 2
    /// Partitions whose topics are to be asked about.
    var unresolved: [(number: Int32, instance: Int)] = []
    /// Partitions that were given up, until a commit sent since says that the group still counts them as ours.
    var suspended: [Int32] = []
    var suspendedAt = Int64.min / 2
    /// What the hint offsets were committed of last: it proves membership also while nothing is open.
    var hinted: [TopicPartitionOffset] = []
    /// Partitions that were folded from the start as `--rebuild` asks: once is enough.
    var rebuilt: Set<Int32> = []
    /// A fold from nothing, or a backlog, has ended since memory was given back.
    var holdsSpareMemory = false
    /// The most jobs that were in memory since it was last given back.
    var jobsHeldMost = 0
    /// What the library does not read for the time being: see `pace()`.
    var paused: Set<TopicPartition> = []
    /// Topics were added or given up since the library was told.
    var isAssignmentDirty = false

    /// What the loop holds of one partition number.
    enum Slot {
        /// The topics' bounds and the former owner are being asked for.
        case resolving(instance: Int)
        /// It is read: first `rejoinder.jobs` alone (when the store is of no use), then everything.
        case open(Partition)
    }

    init(_ parts: Parts, start: String) {
        configuration = parts.configuration
        consumer = parts.consumer
        outbox = parts.outbox
        mailbox = parts.mailbox
        readers = parts.readers
        members = parts.members
        schemas = parts.schemas
        producer = parts.producer
        admin = parts.admin
        environment = parts.environment
        finishedWriter = FinishedWriter(parts.environment)
        logger = parts.environment.logger
        metrics = parts.environment.metrics
        reader = EnvelopeReader(parts.book)
        self.start = start
        journalist = Array(parts.outbox.journalist.utf8)
    }

    /// What a loop is made of.
    struct Parts {
        let configuration: CorrelatorConfiguration
        let consumer: Consumer
        let outbox: Outbox
        let producer: Producer
        let mailbox: LoopMailbox
        let readers: ReadModel
        let members: MemberTable
        let schemas: SchemaFollower
        let admin: Admin
        let book: SchemaBook
        let environment: Partition.Environment
    }

    var partitions: [Partition] {
        slots.values.compactMap { slot in if case .open(let partition) = slot { partition } else { nil } }
    }

    /// Runs until it is told to stop. Throws what needs an operator.
    func run() throws(CorrelatorFailure) {
        while true {
            let isStopping = try turn()
            if isStopping { break }
        }
        try commitAll()
        for number in Array(slots.keys) { readers.close(number) }
    }

    /// One turn; true when it was asked to stop.
    private func turn() throws(CorrelatorFailure) -> Bool {
        try poll()
        now = Clocks.monotonic
        wall = Clocks.wall
        giveUpIfStoodStill()
        let news = mailbox.take()
        try apply(news)
        if news.isStopping { return true }
        for partition in partitions {
            partition.now = now
            partition.wall = wall
        }
        fold()
        pace()
        try advance()
        resolve()
        try assign()
        settle(news.reports)
        wantsLook = false
        for partition in partitions {
            if partition.act(outbox) { wantsLook = true }
            partition.writeJournal(outbox)
        }
        try commitIfDue()
        prove()
        look()
        askMetadata()
        giveMemoryBack()
        expireWaiters()
        return false
    }

    private func poll() throws(CorrelatorFailure) {
        let isCatchingUp = partitions.contains { !$0.isCaughtUp }
        let limit = isCatchingUp ? configuration.limits.recordsPerBatchCatchingUpMax : configuration.limits.recordsPerBatchMax
        do throws(KafkaError) {
            try consumer.poll(into: &batch, max: limit, timeout: pollTime())
        } catch {
            batch.removeAll()
            switch error.code {
            case .offsetOutOfRange, .noOffset, .offsetWentBack:
                throw CorrelatorFailure(
                    "\(error.detail). The log no longer has what this node would read next; start once with --rebuild, which folds the topics from their start"
                )
            case .fencedInstance:
                throw CorrelatorFailure("another process runs under the node name '\(configuration.node)': give each its own --node")
            default:
                if error.disposition == .fatal { throw CorrelatorFailure(error.description) }
                logger.warning("a poll failed", ["error": error.description])
            }
        }
    }

    /// Short while something waits to be committed or somebody waits; otherwise as long as allowed.
    private func pollTime() -> Duration {
        if wasIdle || !partitions.contains(where: { $0.isDirty }) { return configuration.timings.pollLimit }
        return .milliseconds(2)
    }

    /// A loop that stood still as long as a session lasts may have lost its partitions without knowing: it gives them up before anything else,
    /// and begins with them anew only when the group has confirmed that they are still its own. Else it would claim what another owns by now.
    private func giveUpIfStoodStill() {
        let limit = configuration.timings.session.wholeMilliseconds
        let stood = now - turnedAt > limit
        turnedAt = now
        let isSilent = !partitions.isEmpty && now - max(readers.proof, openedAt) > limit
        guard !slots.isEmpty, stood || isSilent else { return }
        logger.warning(stood ? "the loop stood still; its partitions are given up" : "Kafka has not answered; the partitions are given up")
        metrics.givenUp.add(slots.count)
        batch.removeAll()
        let numbers = slots.keys.sorted()
        for number in numbers { drop(number) }
        suspended = numbers
        suspendedAt = now
        isAssignmentDirty = true
    }

    // MARK: - Assignment

    private func apply(_ news: LoopMailbox.State) throws(CorrelatorFailure) {
        for change in news.changes {
            switch change {
            case .revoked:
                suspended = []
                hinted = []
                try commitAll()
                for number in Array(slots.keys) { drop(number) }
            case .assigned(let numbers):
                readers.state.withLock { $0.assigned = Set(numbers) }
                logger.info("assigned", ["partitions": numbers.map(String.init).joined(separator: ",")])
                suspended = []
                for number in numbers { open(number) }
            }
        }
        if let found = news.topics { try learn(found) }
        for error in news.proofs {
            isProving = false
            if let error { logger.warning("a commit of the hint offsets failed", ["error": error.description]) }
        }
        readers.proved(consumer.membershipProof)
        if !suspended.isEmpty, readers.proof > suspendedAt {
            for number in suspended { open(number) }
            suspended = []
        }
        for resolution in news.resolutions { try begin(resolution) }
        for look in news.looks { learn(look) }
    }

    /// The state of a partition goes; its topics were unassigned with the whole assignment.
    private func drop(_ number: Int32) {
        slots[number] = nil
        readers.close(number)
        metrics.partitionsOwned.set(slots.count)
    }

    /// Starts with a partition: asks for what must be known, on another thread.
    func open(_ number: Int32) {
        instances += 1
        slots[number] = .resolving(instance: instances)
        if partitionCount > Int(number) { readers.open(number, of: partitionCount) }
        metrics.partitionsOwned.set(slots.count)
        openedAt = now
        unresolved.append((number, instances))
    }

    /// Asks for what must be known of partitions, on another thread and for all of them at once.
    func resolve() {
        guard !topics.isEmpty, !unresolved.isEmpty else { return }  // without topics: when the metadata are there
        let names = topics.sorted()
        let resolver = Resolver(consumer: consumer, members: members, limit: configuration.timings.lookLimit)
        let (mailbox, asked) = (mailbox, unresolved)
        unresolved = []
        OwnThread.start("correlator") {
            let resolutions = resolver.resolve(asked, topics: names)
            mailbox.put { $0.resolutions += resolutions }
        }
    }

    /// What is read is told to the library whole: a group whose protocol is eager takes nothing else. It forgets what it had fetched ahead, so
    /// this is done once a turn at most.
    private func assign() throws(CorrelatorFailure) {
        guard isAssignmentDirty else { return }
        isAssignmentDirty = false
        var places: [TopicPartitionOffset] = []
        for partition in partitions {
            for track in partition.tracks { places.append(TopicPartitionOffset(track.topic, partition.number, track.position)) }
        }
        do throws(KafkaError) {
            // A pause outlives the assignment that it was made in.
            if !paused.isEmpty { try consumer.resume(Array(paused)) }
            paused = []
            for partition in partitions { partition.tracks.indices.forEach { partition.tracks[$0].isPaused = false } }
            try consumer.assign(places)
        } catch {
            throw CorrelatorFailure("the topics could not be assigned: \(error.description)")
        }
    }

    // MARK: - Effects

    private func settle(_ reports: [DeliveryReport]) {
        guard !reports.isEmpty else { return }
        var byInstance: [Int: Partition] = [:]
        for partition in partitions { byInstance[partition.instance] = partition }
        for report in reports {
            guard let effect = outbox.close(report.token), let partition = byInstance[effect.instance] else { continue }
            let isDone = if case .delivered = report.outcome { true } else { false }
            if !isDone, case .failed(let error) = report.outcome {
                logger.warning("a record was not acknowledged", ["error": error.description])
            }
            switch effect {
            case .command(_, let offset): partition.decided(offset: offset, isDone: isDone)
            case .move(_, let track, let offset): partition.moved(track: track, offset: offset, isDone: isDone)
            case .duty(_, let id, let duty): partition.performed(duty, of: id, isDone: isDone)
            case .deliver(_, let id): if !isDone { partition.notDelivered(id) }
            case .job(_, let id, let serial): partition.acknowledged(id, serial: serial, isDone: isDone)
            case .checkpoint: partition.sealed(isDone: isDone)
            case .claim:
                partition.isClaimed = isDone
                if !isDone { partition.isClaimSent = false }
            }
        }
    }
}
