import Core

// The scheduler: faults first, then good weather until all is quiet, then the checks.

extension SimulatedWorld {
    func run() {
        for _ in 0..<random.within(60...160) where broken == nil {
            tick(random.pick([0, 100, 100, 200, 500, 500, 1_000, 2_000, 3_500]))
            if random.chance(0.25) { request() }
            for worker in workers where worker.isRunnable && random.chance(0.8) { step(worker) }
            for node in nodes where random.chance(0.8) { step(node) }
            strike()
            answer()
            if random.chance(0.7) { read() }
        }
        guard broken == nil else { return }
        heal()
        settle()
        if broken == nil { finalChecks() }
    }

    private func tick(_ step: Int64) {
        now += step
        for worker in workers { worker.tick() }
        for node in nodes where random.chance(0.7) { node.tick() }  // else its loop has not come round, its HTTP side has
        if let owner = groupOwner {
            let isSilent = !owner.isRunnable && random.chance(0.2)
            if !owner.isAlive || owner.closingAt != nil && random.chance(0.3) || isSilent { groupOwner = nil }
        }
        if groupOwner == nil, random.chance(0.4) { rebalance() }
        for partition in partitions {
            if let node = owners[partition], now - node.lastProof > Times.session { owners[partition] = nil }  // timed out at the broker
            if owners[partition] == nil, random.chance(0.6) { assign(partition) }
        }
    }

    private func step(_ worker: SimulatedWorker, all: Bool = false) {
        for action in [worker.poll, worker.handle, worker.readCommands, worker.commit]
        where worker.isRunnable && (all || random.chance(0.6)) { action() }
        worker.producer.move(all: all)
    }

    private func step(_ node: SimulatedNode, all: Bool = false) {
        node.tick()
        for owner in node.owners where owner.owns && node.isRunnable && node.cutUntil <= now {
            if all || random.chance(0.8) { owner.fold() }
            if all || random.chance(0.5) { owner.fold() }
            for (action, rate) in [(owner.act, 0.6), (owner.writeUrgent, 0.3), (owner.commit, 0.15), (owner.writeCheckpoint, 0.1)] {
                if owner.owns, random.chance(rate) { action() }
            }
            owner.producer.move(all: all)
        }
    }

    private func strikes(_ kind: String) -> Bool { random.chance(rates[kind] ?? 0) }

    private func strike() {
        strikeWorkers()
        strikeNodes()
        if strikes("fatal") {
            let producers =
                workers.filter(\.isRunnable).map(\.producer)
                + nodes.filter(\.isRunnable).flatMap { $0.owners.filter(\.owns).map(\.producer) }
            if !producers.isEmpty { random.pick(producers).fatal() }
        }
        if strikes("compact") { compact() }
        for id in reference[0].keys.sorted() {  // an operator who reads the topics
            guard let job = job(id), job.status == .failed, random.chance(0.02), !retries.contains(where: { $0.id == id }) else { continue }
            retry(id, job.attempt, nil, times: 1)
        }
        if random.chance(0.1) { retain() }
        if random.chance(0.15) { haunt() }
    }

    private func strikeWorkers() {
        if strikes("worker crash"), let worker = alive() {
            say("worker crash \(worker.name)")
            worker.die()
        }
        if strikes("worker stop"), let worker = alive(), worker.closingAt == nil {
            say("worker stops \(worker.name)")
            worker.shutDown()
        }
        if strikes("worker pause"), let worker = alive() {
            let pause = random.pick([3_000, 9_000, 15_000, 30_000] as [Int64])
            (worker.pausedUntil, worker.wokeAt) = (now + pause, now + pause)
            say("worker paused \(worker.name) \(pause)")
            if worker === groupOwner, pause > Times.session { groupOwner = nil }
        }
        if workers.count(where: { $0.isAlive && $0.closingAt == nil }) < 2, random.chance(0.1) { addWorker() }
        if strikes("rebalance") { rebalance() }
    }

    private func alive() -> SimulatedWorker? {
        let live = workers.filter(\.isRunnable)
        return live.isEmpty ? nil : random.pick(live)
    }

    private func strikeNodes() {
        for node in nodes {
            if node.isRunnable, strikes("node crash") {
                say("node crash \(node.name)")
                node.die(wipe: random.chance(0.4))
            } else if node.isRunnable, strikes("node pause") {
                node.pausedUntil = now + random.pick([2_000, 8_500, 9_500, 9_800, 15_000])
                say("node paused \(node.name) until \(node.pausedUntil)")
            } else if node.isRunnable, strikes("cut") {
                node.cutUntil = now + random.pick([2_000, 9_500, 15_000])
                say("node cut off \(node.name) until \(node.cutUntil)")
            } else if !node.isAlive, random.chance(0.1) {
                node.start()
            }
        }
        for partition in partitions {
            let old = owners[partition]  // a group waits for a silent member until its session ends
            if strikes("move"), old == nil || old?.isRunnable == true && (old?.cutUntil ?? 0) <= now { assign(partition) }
        }
    }

    /// A record that the network still carried arrives.
    private func haunt() {
        ghosts.removeAll { $0.records.isEmpty || now - $0.time >= 15_000 }
        guard !ghosts.isEmpty else { return }
        let index = random.below(ghosts.count)
        let (place, record) = ghosts[index].records.removeFirst()
        append(place, record)
        if random.chance(0.1) { ghosts.remove(at: index) }
    }

    private func heal() {
        healedAt = now
        say("---- heal")
        for worker in workers where worker.pausedUntil > now { (worker.pausedUntil, worker.wokeAt) = (now, now) }
        for node in nodes {
            if !node.isAlive { node.start() }
            node.pausedUntil = min(node.pausedUntil, now)
            node.cutUntil = min(node.cutUntil, now)
        }
        while workers.count(where: { $0.isAlive && $0.closingAt == nil }) < 2 { addWorker() }
        publications = [:]
    }

    private func settle() {
        var quiet = 0
        let healed = now
        while quiet < 25, broken == nil {
            if now - healed > 360_000 {
                let open = reference[0].values.filter { !$0.status.isFinal }.map {
                    "\($0.id) \($0.status) \($0.phase) attempt \($0.attempt) kept \($0.kept.count)"
                }
                return fail("I5 not quiet in 360 s: \(open) pending \(pending.count)")
            }
            tick(800)
            if random.chance(0.4) { haunt() }
            for worker in workers where worker.isRunnable { step(worker, all: true) }
            for node in nodes { step(node, all: true) }
            answer()
            read()
            quiet = isBusy ? 0 : quiet + 1
            checkPublications()
        }
    }

    private var isBusy: Bool {
        !pending.isEmpty || !ghosts.isEmpty || reference[0].values.contains { !$0.status.isFinal && $0.isVisible }
            || nodes.contains { $0.owners.contains { $0.owns && !($0.moves.isEmpty && $0.commands.isEmpty) } }
            || workers.contains { $0.isRunnable && !$0.takes.isEmpty }
    }
}
