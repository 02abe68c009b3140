internal import Avro
internal import Core
internal import Events

extension Partition {
    /// A record of `rejoinder.jobs`. While the store is of no use it is read first: which ids are held, in which version, and up to where the
    /// last checkpoint says that they are complete. Later: a former owner's record, behind which ours must be written again.
    func restored(_ record: RawSpan, journalist: [UInt8]) throws(AvroError) {
        guard isRestoring else {
            guard try !FoldedView.isWritten(record, by: journalist), let id = try FoldedView(record).id else { return }
            if isCaughtUp || isResumed, find(id) != nil { journal.mark(id, isUrgent: true) }
            return
        }
        let view = try FoldedView(record)
        guard let id = view.id else {
            checkpoint = try view.offsets(in: record)
            return
        }
        if let stamp = view.stamp { heldStamps?.insert(id, stamp) }
        if isCut(view, record) {
            if case .job(let job) = try FoldedRecord(record).content { restoredJobs[id] = job }
        } else if !restoredJobs.isEmpty {
            restoredJobs[id] = nil
        }
    }

    /// Of `rejoinder.jobs` a fold from the start takes only what may lie before a topic's first offset: jobs whose request is gone, and all of an
    /// operation whose events retention has begun to take, for a request may outlive its events, and would run again. Where the events are
    /// there after all they are duplicates to the job.
    private func isCut(_ view: FoldedView, _ record: RawSpan) -> Bool {
        guard let request = view.request else { return false }
        let operation = request.operation.string(in: record)
        if cutOperation.name != operation {
            let begins = resolution?.begins ?? [:]
            cutOperation = (operation, begins[names.requests(operation)] ?? 0, (begins[names.responses(operation)] ?? 0) > 0)
        }
        return cutOperation.lacksEvents || request.offset < cutOperation.begin
    }

    func restoredTombstone(key: RawSpan) {
        guard isRestoring, let id = RequestID(text: key) else { return }
        heldStamps?.remove(id)
        restoredJobs[id] = nil
    }

    /// Whether `rejoinder.jobs` has been read to the end it had.
    var hasRestored: Bool { tracks.allSatisfy { $0.position >= $0.goal } }

    /// The jobs that the topics do not tell of any more.
    func importRestored() {
        for job in restoredJobs.values {
            let entry = Entry(job, now: now)
            entries[job.id] = entry
            touch(entry)
        }
        restoredJobs = [:]
    }

    func add(_ track: Track, index: Int32) {
        tracks.append(track)
        isTouched = true
        switch track.kind {
        case .requests(let operation):
            if let other = self.track(.responses(operation: operation)) { operations.append((tracks.count - 1, other)) }
        case .responses(let operation):
            if let other = self.track(.requests(operation: operation)) { operations.append((other, tracks.count - 1)) }
        default: break
        }
        while topicTracks.count <= Int(index) { topicTracks.append(-1) }
        topicTracks[Int(index)] = tracks.count - 1
    }

    /// The track of a consumer's topic.
    func track(ofTopic index: Int32) -> Int? {
        guard Int(index) < topicTracks.count, topicTracks[Int(index)] >= 0 else { return nil }
        return topicTracks[Int(index)]
    }

    /// Whether offsets moved without any job.
    var hasMoved: Bool { tracks.contains { $0.isStored && $0.isUnstored } }
}
