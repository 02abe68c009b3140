internal import Core

/// What of a partition is still to be written to `rejoinder.jobs`. A job is marked from its change until a record of its latest state is
/// acknowledged; the marks are part of the store's commit. A checkpoint ("complete up to these offsets") follows when every job that was
/// marked when it was begun has been acknowledged in that state or a later one.
struct Journal {
    /// Jobs that changed, with the number of their last change.
    private(set) var marked: [RequestID: UInt64] = [:]
    /// Jobs whose status changed since they were written last.
    private(set) var urgent: [RequestID] = []
    /// Marks that the store does not have yet, and marks that it may lose.
    private(set) var added: [RequestID] = []
    private(set) var removed: [RequestID] = []
    private var serial: UInt64 = 0

    /// The checkpoint under way: whom it waits for, written in which change at least, and what it promises.
    private(set) var closing: [RequestID: UInt64] = [:]
    private(set) var offsets: [(topic: String, offset: Int64)] = []
    private(set) var isClosing = false
    private(set) var isSealing = false
    /// Of the checkpoint's jobs, those that are still to be sent (again).
    var toSend: [RequestID] = []
    var inFlight = 0
    var writtenAt = Int64.min / 2
    var closedAt = Int64.min / 2
    /// A fold from the start marks nothing: all jobs of the store are written from here on, in the order of their ids. Nil: done.
    var sweep: RequestID?

    var isIdle: Bool { marked.isEmpty && urgent.isEmpty && !isClosing && sweep == nil }

    mutating func mark(_ id: RequestID, isUrgent: Bool) {
        serial += 1
        if marked.updateValue(serial, forKey: id) == nil { added.append(id) }
        if isUrgent { urgent.append(id) }
    }

    /// A mark that the store has.
    mutating func restore(_ id: RequestID) {
        serial += 1
        marked[id] = serial
    }

    mutating func forget(_ id: RequestID) {
        if marked.removeValue(forKey: id) != nil { removed.append(id) }
        closing[id] = nil
    }

    mutating func takeUrgent() -> [RequestID] {
        defer { urgent = [] }
        return urgent
    }

    mutating func beginCheckpoint(_ offsets: [(topic: String, offset: Int64)]) {
        closing = marked
        toSend = closing.keys.sorted()
        self.offsets = offsets
        isClosing = true
    }

    mutating func seal() { isSealing = true }

    /// A record of a job is acknowledged, or was not: then it goes again.
    mutating func acknowledge(_ id: RequestID, serial: UInt64, isDone: Bool) {
        guard isDone else {
            if marked[id] != nil { urgent.append(id) }
            return
        }
        if marked[id] == serial {
            marked[id] = nil
            removed.append(id)
        }
        // A record that was under way when the checkpoint was begun may hold less than it promises.
        if let least = closing[id], serial >= least { closing[id] = nil }
    }

    mutating func sealed(at now: Int64, isDone: Bool) {
        isSealing = false
        guard isDone else { return }
        isClosing = false
        closedAt = now
    }

    /// What the store's marks are to become, at most `limit`: a job that was marked and unmarked since is left out.
    mutating func takeMarks(_ limit: Int) -> (added: [RequestID], removed: [RequestID]) {
        let added = self.added.prefix(limit).filter { marked[$0] != nil }
        let removed = self.removed.prefix(limit).filter { marked[$0] == nil }
        self.added = Array(self.added.dropFirst(limit))
        self.removed = Array(self.removed.dropFirst(limit))
        return (added, removed)
    }
}
