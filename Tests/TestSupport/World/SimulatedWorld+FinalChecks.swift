import Core

// The invariants that are looked at when all is quiet.

extension SimulatedWorld {
    func finalChecks() {
        checkAcknowledged()
        checkJobs()
        checkCommands()
        guard broken == nil else { return }
        checkOwners()
        guard broken == nil else { return }
        checkRestoring()
        checkInterleavings()
        checkPurged()
    }

    private func checkAcknowledged() {
        for (id, bodies) in acknowledged {
            guard let job = job(id), let facts = job.facts, job.status.isFinal else {
                fail("I1 \(id) was acknowledged and is \(job(id).map { "\($0.status)" } ?? "unknown")")
                continue
            }
            if bodies.count > 1 { fail("I2 \(id): two bodies were acknowledged") }
            if let body = bodies.first, facts.digest != Payload(schema: 1, bytes: Array(body.utf8)).digest {
                fail("I2 \(id): acknowledged with \(body), which is not the job's body")
            }
        }
    }

    private func checkJobs() {
        for job in reference[0].values {
            covered[job.status.name, default: 0] += 1
            if job.failures + job.losses > job.attempt {
                fail("I6 \(job.id): \(job.failures) failures and \(job.losses) losses in \(job.attempt) attempts")
            }
            if job.status == .failed, !job.reason.isEmpty, job.failures < Times.policy.attempts, job.losses < Times.policy.losses {
                fail("I6 \(job.id): dead-lettered below its bounds")
            }
            if runCounts[job.id] ?? 0 > count(job.id, 0) * (1 + rebalances) { fail("I7 \(job.id): \(runCounts[job.id] ?? 0) runs") }
            if moved[job.id] ?? 0 > (1 + handovers + extra) * count(job.id, 1) { fail("I9 \(job.id): moved \(moved[job.id] ?? 0) times") }
            guard let final = finalAt[job.id] else { continue }
            let healed = healedAt ?? 0
            if let cancelled = cancelAt[job.id], job.cancellation != nil, final - max(cancelled, healed) > 30_000 {
                fail("I8 \(job.id): cancelled, ended \(final - cancelled) ms later as \(job.status)")
            }
            if let deadline = job.deadline, final - max(deadline.milliseconds, healed) > 20_000 {
                fail("I8 \(job.id): ended \(final - deadline.milliseconds) ms after its deadline")
            }
        }
    }

    /// Records of that id, and those that retention took and may have been.
    private func count(_ id: RequestID, _ partition: Int) -> Int {
        self[Place(.requests, partition)].records.count {
            if case .request(let request, _)? = $0 { request.id == id } else { true }
        }
    }

    private func checkCommands() {
        for (id, time) in cancelAt {
            guard let job = job(id), job.cancellation == nil else { continue }
            if finalAt[id] ?? .max > max(time, healedAt ?? 0) + 30_000 { fail("I8 \(id): a cancel was taken and never decided") }
        }
        for key in retries {
            if let job = job(key.id), job.status == .failed, job.attempt == key.attempt {
                fail("I8 \(key.id): a retry of attempt \(key.attempt) was never decided")
            }
        }
    }

    /// I3: the owner's fold is that of the logs.
    private func checkOwners() {
        for partition in partitions {
            guard let owner = owners[partition]?.owners[partition] else { return fail("I5 no owner") }
            for _ in 0..<200 { owner.fold() }
            for _ in 0..<3 {
                owner.writeCheckpoint()
                while !(owner.producer.queue.isEmpty && owner.producer.unacknowledged.isEmpty) {
                    owner.producer.deliver()
                    owner.producer.acknowledge()
                }
                for _ in 0..<60 { owner.fold() }
            }
            compare(owner.jobs, partition, "the owner")
        }
    }

    private func compare(_ jobs: [RequestID: Job], _ partition: Int, _ name: String, invariant: String = "I3") {
        for (id, truth) in reference[partition] where truth.isVisible {
            if jobs[id] != truth { fail("\(invariant) \(name): \(id) is \(jobs[id].map { "\($0)" } ?? "unknown"), the logs say \(truth)") }
        }
    }

    /// I3 and I7: a fresh node that restores, and one that rebuilds, has the same jobs and writes nothing.
    private func checkRestoring() {
        for partition in partitions {
            for rebuild in [false, true] where broken == nil {
                let node = SimulatedNode(self, name: "X")
                let owner = node.owners[partition]
                node.lastProof = now
                owner.assign(rebuild: rebuild)
                for _ in 0..<2_000 {
                    owner.fold()
                    let isAtEnd = SimulatedOwner.folded.allSatisfy { owner.offsets[$0] == self[Place($0, partition)].end }
                    if owner.isCaughtUp, isAtEnd { break }
                }
                compare(owner.jobs, partition, rebuild ? "rebuild" : "restore")
                now += 6_000
                for _ in 0..<3 {
                    (owner.knownEnds, owner.lookedAt) = (owner.offsets, now)
                    owner.act()
                }
                if let sent = owner.producer.queue.first(where: { $0.place.topic == .requests || $0.place.topic == .responses }) {
                    fail("I7 \(rebuild ? "rebuild" : "restore"): a quiet partition is written to: \(sent)")
                }
            }
        }
    }

    /// I10: another interleaving of the topics gives the same jobs.
    private func checkInterleavings() {
        let (requests, responses) = (self[Place(.requests, 0)], self[Place(.responses, 0)])
        guard requests.start == 0, responses.start == 0 else { return }
        for _ in 0..<2 where broken == nil {
            var jobs: [RequestID: Job] = [:]
            var (request, response) = (0, 0)
            let bias = random.unit()
            while request < requests.end || response < responses.end {
                if response == responses.end || request < requests.end && random.chance(bias) {
                    if case .request(let record, _)? = requests.records[request] {
                        let time = Timestamp(milliseconds: requests.times[request])
                        jobs[record.id, default: Job(id: record.id)].fold(request: record, offset: Int64(request), appendedAt: time)
                        if let job = jobs[record.id] { see(job) }
                    }
                    request += 1
                } else {
                    if case .event(let record)? = responses.records[response] {
                        jobs[record.id, default: Job(id: record.id)].fold(event: record)
                        if let job = jobs[record.id] { see(job) }
                    }
                    response += 1
                }
            }
            compare(jobs, 0, "another interleaving", invariant: "I10")
        }
    }

    /// I7: retention took the events and the finished jobs, a segment of `.requests` lives on; a rebuild must not run them again.
    private func checkPurged() {
        for topic in [Topic.responses, .commands, .heartbeats] { self[Place(topic, 0)].start = self[Place(topic, 0)].end }
        let place = Place(.jobs, 0)
        for index in 0..<self[place].end {
            if case .job? = self[place].records[index] { self[place].records[index] = nil }
        }
        now += Times.retention(.requests)
        let node = SimulatedNode(self, name: "Y")
        let owner = node.owners[0]
        owner.assign(rebuild: true)
        for _ in 0..<200 { owner.fold() }
        (owner.knownEnds, owner.lookedAt) = (owner.offsets, now)
        owner.act()
        if owner.producer.queue.contains(where: { $0.place.topic == .requests }) { fail("I7 rebuild: a purged job is published again") }
    }
}
