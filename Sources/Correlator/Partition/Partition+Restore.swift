internal import Core
internal import Events

extension Partition {
    /// A record of `rejoinder.jobs`. While the store is of no use it is read first: which ids are held, in which version, and up to where the
    /// last checkpoint says that they are complete. Later: a former owner's record, behind which ours must be written again.
    func restored(_ record: FoldedRecord, offset: Int64, journalist: String) {
        switch record.content {
        case .mark: if isRestoring { checkpoint = record.place.offsets }
        case .job(let job):
            if isRestoring {
                heldStamps?[job.id] = JobStamp(job)
                restoredJobs[job.id] = job
            } else if record.place.writer != journalist, isCaughtUp || isResumed, find(job.id) != nil {
                journal.mark(job.id, isUrgent: true)
            }
        }
    }

    func restoredTombstone(key: RawSpan) {
        guard isRestoring, let id = RequestID(text: key) else { return }
        heldStamps?[id] = nil
        restoredJobs[id] = nil
    }

    /// Whether `rejoinder.jobs` has been read to the end it had.
    var hasRestored: Bool { tracks.allSatisfy { $0.position >= $0.goal } }

    /// Of `rejoinder.jobs` a fold from the start takes only what may lie before a topic's first offset: jobs whose request is gone, and all of an
    /// operation whose events retention has begun to take, for a request may outlive its events, and would run again. Where the events are
    /// there after all they are duplicates to the job.
    func importRestored(begins: [String: Int64], names: TopicNames) {
        for (id, job) in restoredJobs {
            guard let facts = job.facts else { continue }
            let isCut = facts.offset < (begins[names.requests(facts.operation)] ?? 0) || (begins[names.responses(facts.operation)] ?? 0) > 0
            guard isCut else { continue }
            let entry = Entry(job, now: now)
            entries[id] = entry
            touch(entry)
        }
        restoredJobs = [:]
    }

    func add(_ track: Track, index: Int32) {
        tracks.append(track)
        isTouched = true
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
