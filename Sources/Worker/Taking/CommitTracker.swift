/// One partition's records between being taken and being settled (started and acknowledged, or skipped): which offset may be committed.
///
/// Records are taken in the order of their offsets and settled in any order; what may be committed is the offset behind the longest
/// settled beginning. Bounded by whoever takes: `outstanding` counts what is not settled.
struct CommitTracker {
    private struct Entry {
        let offset: Int64
        var settled: Bool
    }

    private var entries: [Entry] = []
    private var head = 0
    /// The ticket of `entries[0]`.
    private var base = 0
    /// What may be committed: the offset of the next record to be read after a restart. Nil until something was settled.
    private(set) var position: Int64?
    private var committed: Int64?

    var outstanding: Int { entries.count - head }

    /// Gives the ticket with which the record is settled.
    mutating func take(_ offset: Int64) -> Int {
        entries.append(Entry(offset: offset, settled: false))
        return base + entries.count - 1
    }

    mutating func settle(_ ticket: Int) {
        let index = ticket - base
        guard index >= head, index < entries.count else { return }
        entries[index].settled = true
        guard index == head else { return }
        while head < entries.count && entries[head].settled {
            position = entries[head].offset + 1
            head += 1
        }
        if head == entries.count {
            base += head
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 256 && head * 2 > entries.count {
            entries.removeFirst(head)
            base += head
            head = 0
        }
    }

    /// The position, once for each advance.
    mutating func advance() -> Int64? {
        guard let position, position != committed else { return nil }
        committed = position
        return position
    }
}
