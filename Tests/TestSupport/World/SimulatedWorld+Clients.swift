import Core

// Clients: they send requests and twins, read, cancel, signal, and run again what failed.

extension SimulatedWorld {
    func request() {
        if ids.count >= jobsWanted && random.chance(0.8) || ids.count >= 6 { return }
        let again = ids.filter { keyed.contains($0) }
        let isNew = again.isEmpty || random.chance(0.4)
        let id = isNew ? RequestID(high: 0x7000, low: 0x8000_0000_0000_0000 | UInt64(ids.count)) : random.pick(again)
        if isNew {
            ids.append(id)
            if random.chance(0.5) { keyed.insert(id) }
        }
        let isKeyed = keyed.contains(id)
        let body = "\(id.low & 0xff):\(isKeyed ? random.pick(["X", "X", "Y"]) : "X")"
        let isMisplaced = partitions.count == 2 && random.chance(0.5)
        let deadline = random.chance(0.15) ? Timestamp(milliseconds: now + Int64(random.within(100...500)) * 100) : nil
        let notBefore = !isKeyed && random.chance(0.1) ? Timestamp(milliseconds: now + Int64(random.within(20...200)) * 100) : nil
        let record = RequestRecord(
            id: id, operation: "work", createdAt: Timestamp(milliseconds: now), deadline: deadline, notBefore: notBefore,
            payload: Payload(schema: 1, bytes: Array(body.utf8)))
        let place = Place(.requests, 0)
        if isMisplaced {  // a foreign producer: acknowledged by Kafka, in the wrong place
            append(Place(.requests, 1), .request(record, by: "client"))
            if acknowledged[id] == nil { acknowledged[id] = [] }
            covered["wrong partition", default: 0] += 1
            return
        }
        switch random.pick(["ack", "lost", "late", "purged"], weights: [85, 5, 5, 5]) {
        case "ack":
            let offset = append(place, .request(record, by: "client"))
            if isKeyed {
                pending.append((id, offset, body))
            } else {
                acknowledged[id, default: []].insert(body)
                if random.chance(0.1) {  // cancelled by its client before anybody has folded it
                    (cancelAt[id], lastCancelAt[id]) = (now, now)
                    send(.cancel(reason: "early"), to: id)
                }
            }
        case "lost": append(place, .request(record, by: "client"))
        case "late": ghosts.append((now, [(place, .request(record, by: "client"))]))  // 503 with a requestId
        default: break
        }
    }

    func send(_ command: Command, to id: RequestID) {
        let record = CommandRecord(id: id, operation: "work", time: Timestamp(milliseconds: now), by: "client", command: command)
        append(Place(.commands, 0), .command(record))
    }

    /// A keyed request is answered once its own record is folded by an owner that may answer.
    func answer() {
        for entry in pending {
            for node in nodes where node.serves(0) && node.owners[0].offsets[.requests] > entry.offset {
                guard let facts = node.owners[0].jobs[entry.id]?.facts else { continue }
                if facts.digest == Payload(schema: 1, bytes: Array(entry.body.utf8)).digest {
                    acknowledged[entry.id, default: []].insert(entry.body)
                } else {
                    refused[entry.id, default: []].insert(entry.body)
                }
                pending.removeAll { $0.id == entry.id && $0.offset == entry.offset }
                break
            }
        }
    }

    func read() {
        let serving = nodes.filter { $0.serves(0) }
        guard !serving.isEmpty, !ids.isEmpty else { return }
        let (id, node) = (random.pick(ids), random.pick(serving))
        guard let job = node.owners[0].jobs[id], job.isVisible else {
            if let old = seen[id] { fail("I4 \(id) seen at version \(old.version), then unknown at \(node.name)") }
            return
        }
        if let old = seen[id] {
            if job.version < old.version { fail("I4 \(id) version went back from \(old.version) to \(job.version) at \(node.name)") }
            if old.status.isFinal, job.status != old.status, job.reopens == old.reopens {
                fail("I1 \(id) was \(old.status) for a client, now \(job.status)")
            }
        }
        seen[id] = (job.version, job.status, job.reopens)
        if job.status == .waiting, !signalled.contains(id) {
            signalled.insert(id)
            signals[id, default: 0] += 1
            send(.signal(name: "ok", value: []), to: id)
        } else if healedAt != nil {
            return
        } else if job.status == .failed, random.chance(0.3), reopenCounts[id] ?? 0 < 3 {
            let corrected = random.chance(0.3) ? job.payload.map { Payload(schema: 1, bytes: $0.bytes + Array("+".utf8)) } : nil
            retry(id, job.attempt, corrected, times: random.pick([1, 1, 2]))
        } else if !job.status.isFinal, random.chance(0.06) {
            if cancelAt[id] == nil { cancelAt[id] = now }
            lastCancelAt[id] = now
            send(.cancel(reason: "asked"), to: id)
        }
    }

    func retry(_ id: RequestID, _ attempt: Int, _ corrected: Payload?, times: Int) {
        retries.insert(AttemptKey(id: id, attempt: attempt))
        lastRetryAt[id] = now
        signalled.remove(id)
        for _ in 0..<times { send(.retry(attempt: attempt, payload: corrected), to: id) }
    }
}
