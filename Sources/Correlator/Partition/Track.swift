/// One topic's partition of this number, as an owner reads it.
struct Track {
    enum Kind: Equatable {
        case requests(operation: String)
        case responses(operation: String)
        case commands
        case heartbeats
        case jobs
    }

    let topic: String
    let kind: Kind
    /// The next offset to fold.
    var position: Int64
    /// The end that the log had at assignment: nothing is decided before it.
    var goal: Int64
    /// The end at the last look.
    var known: Int64
    /// Offsets whose effect is not acknowledged yet (commands; records moved elsewhere): nothing from there on is stored as done.
    var held: [Int64] = []
    /// What the store has.
    var stored: Int64 = -1
    var storedPosition: Int64 = -1
    var isUnstored: Bool { storable != stored || position != storedPosition }
    /// The log time of the record that was folded last.
    var readTime = Int64.min
    /// It is not read for the time being, for it is ahead of what it belongs to.
    var isPaused = false
    /// Events below this had their effect under a former owner: a rebuild sends no reply, moves nothing and decides no command again.
    var effectFrom: Int64 = 0

    /// Whether decisions wait for it: heartbeats are read from their end, `rejoinder.jobs` is ours.
    var isDecisive: Bool {
        switch kind {
        case .requests, .responses, .commands: true
        case .heartbeats, .jobs: false
        }
    }

    /// Whether timers wait for it: also heartbeats, else a lease would run out whose beats lie unread behind a pause.
    var isTimely: Bool { kind != .jobs }

    /// Whether the store keeps its offset.
    var isStored: Bool { kind != .heartbeats }

    /// What may be stored as consumed.
    var storable: Int64 { min(position, held.min() ?? position) }

    mutating func release(_ offset: Int64) {
        if let index = held.firstIndex(of: offset) { held.remove(at: index) }
    }
}
