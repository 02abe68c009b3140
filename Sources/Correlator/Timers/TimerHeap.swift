/// A binary heap of due times: the earliest first. Entries are never taken out early: who changes a job's due time adds another
/// entry, and the one who pops an entry asks the job whether it is still due (a job has one live entry and some stale ones).
struct TimerHeap<ID: Equatable> {
    struct Entry {
        let due: Int64
        let id: ID
    }

    private var entries: [Entry] = []

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }
    /// The earliest due time.
    var earliest: Int64? { entries.first?.due }

    mutating func push(_ id: ID, due: Int64) {
        entries.append(Entry(due: due, id: id))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if entries[parent].due <= entries[child].due { break }
            entries.swapAt(parent, child)
            child = parent
        }
    }

    /// The earliest entry, when it is due at `now`.
    mutating func pop(dueAt now: Int64) -> Entry? {
        guard let first = entries.first, first.due <= now else { return nil }
        let last = entries.removeLast()
        if !entries.isEmpty {
            entries[0] = last
            sink()
        }
        return first
    }

    mutating func removeAll() { entries.removeAll() }

    private mutating func sink() {
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < entries.count else { return }
            let right = left + 1
            let child = right < entries.count && entries[right].due < entries[left].due ? right : left
            if entries[parent].due <= entries[child].due { return }
            entries.swapAt(parent, child)
            parent = child
        }
    }
}
