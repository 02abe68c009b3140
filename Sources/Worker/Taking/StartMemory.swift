import Core

/// Remembers from which offset the last (request, attempt) pairs were started, so that a record that was published twice runs once.
///
/// A ring holds the pairs in the order of their start, an open hash table finds them; both grow to their bound and stay there.
struct StartMemory {
    private struct Entry {
        var id: RequestID
        var offset: Int64
        var attempt: Int32
        var partition: Int32
    }

    let capacity: Int
    /// Identifiers are chosen by others: without it they could choose ones that collide.
    private let seed = UInt64.random(in: .min ... .max)
    private var ring: [Entry] = []
    private var oldest = 0
    /// Indices into the ring plus 1; 0 is empty. Linear probing, at most half full.
    private var table = [Int32](repeating: 0, count: 64)

    init(capacity: Int = 100_000) { self.capacity = capacity }

    var count: Int { ring.count }

    /// The offset from which the pair was started before, in the same partition; nil when it was not: it is then remembered with this one.
    mutating func start(_ id: RequestID, attempt: Int, partition: Int32, offset: Int64) -> Int64? {
        let attempt = Int32(truncatingIfNeeded: attempt)
        if (ring.count + 1) * 2 > table.count { grow() }
        var slot = hash(id, attempt) & (table.count - 1)
        while table[slot] != 0 {
            let entry = ring[Int(table[slot]) - 1]
            if entry.id == id && entry.attempt == attempt && entry.partition == partition { return entry.offset }
            slot = (slot + 1) & (table.count - 1)
        }
        let entry = Entry(id: id, offset: offset, attempt: attempt, partition: partition)
        if ring.count < capacity {
            ring.append(entry)
            table[slot] = Int32(ring.count)
            return nil
        }
        forget(oldest)
        ring[oldest] = entry
        insert(oldest)
        oldest = oldest + 1 == capacity ? 0 : oldest + 1
        return nil
    }

    private mutating func insert(_ index: Int) {
        var slot = hash(ring[index].id, ring[index].attempt) & (table.count - 1)
        while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
        table[slot] = Int32(index + 1)
    }

    /// Empties the entry's slot and moves up what probed past it (Knuth 6.4, algorithm R).
    private mutating func forget(_ index: Int) {
        let mask = table.count - 1
        var hole = hash(ring[index].id, ring[index].attempt) & mask
        while table[hole] != Int32(index + 1) { hole = (hole + 1) & mask }
        var slot = hole
        while true {
            slot = (slot + 1) & mask
            guard table[slot] != 0 else { break }
            let entry = ring[Int(table[slot]) - 1]
            let home = hash(entry.id, entry.attempt) & mask
            if (slot &- home) & mask >= (slot &- hole) & mask {
                table[hole] = table[slot]
                hole = slot
            }
        }
        table[hole] = 0
    }

    private mutating func grow() {
        table = [Int32](repeating: 0, count: table.count * 2)
        for index in ring.indices { insert(index) }
    }

    /// The finalizer of MurmurHash3.
    private func hash(_ id: RequestID, _ attempt: Int32) -> Int {
        var hash = seed ^ id.high ^ (id.low &* 0x9e37_79b9_7f4a_7c15) ^ UInt64(truncatingIfNeeded: attempt)
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return Int(truncatingIfNeeded: hash ^ (hash >> 33))
    }
}
