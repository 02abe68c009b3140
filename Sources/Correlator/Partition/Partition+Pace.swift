extension Partition {
    /// Of a fold from nothing: which topics are to rest and which to be read on, so that an operation's requests and its responses are read
    /// side by side in log time. The library brings as many bytes of the one as of the other, and requests may be few bytes: read ahead of
    /// their events they would all lie open in memory, and responses ahead of their requests likewise.
    ///
    /// - Parameters:
    ///   - jobsMax: so many jobs may be in memory before one that is ahead rests.
    ///   - change: called with the topic and whether it rests from now on.
    func pace(jobsMax: Int, _ change: (_ topic: String, _ isPaused: Bool) -> Void) {
        for (requests, responses) in operations {
            for (one, other) in [(requests, responses), (responses, requests)] {
                let isAhead = tracks[one].readTime > tracks[other].readTime && tracks[other].position < tracks[other].goal
                let rests = isAhead && (tracks[one].isPaused ? entries.count > jobsMax / 2 : entries.count > jobsMax)
                guard rests != tracks[one].isPaused else { continue }
                tracks[one].isPaused = rests
                change(tracks[one].topic, rests)
            }
        }
    }
}
