import Core

/// What was handed to the producer and has no report yet; its index travels as the record's token.
struct PendingTable {
    enum Kind: UInt8 {
        /// A *started*: settles its request's offset.
        case started
        /// The event that ends a take.
        case end
        /// Anything between them.
        case between
    }

    struct Entry {
        var kind: Kind
        var partition: Int32
        var attempt: Int32
        /// The assignment under which the request was taken: an older one's offsets are not ours to commit.
        var epoch: Int32
        var ticket: Int
        var id: RequestID
        /// The take: its source is `<worker>/<number>`.
        var number: UInt64
        /// The sequence of this event.
        var sequence: Int64
    }

    private var entries: [Entry] = []
    private var free: [Int32] = []

    var count: Int { entries.count - free.count }

    mutating func open(_ entry: Entry) -> Int {
        if let index = free.popLast() {
            entries[Int(index)] = entry
            return Int(index)
        }
        entries.append(entry)
        return entries.count - 1
    }

    mutating func close(_ index: Int) -> Entry {
        free.append(Int32(index))
        return entries[index]
    }
}
