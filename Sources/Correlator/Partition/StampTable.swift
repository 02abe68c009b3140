internal import Core

/// How far the jobs of `rejoinder.jobs` are folded there, by id: a hash of each one's stamp, which means something in this process only.
///
/// Open addressing with linear probing, 24 bytes a slot in one array, at most three quarters full: a fold from nothing puts every job of a
/// partition in here, and asks for every one of them again. Clients may choose ids, so they are spread by a secret of the table.
struct StampTable {
    private struct Slot {
        var id = RequestID(high: 0, low: 0)
        /// 0: the slot is empty. The lowest bit of a stamp's hash is given up for that.
        var stamp = 0
    }

    private var slots = [Slot](repeating: Slot(), count: 64)
    private(set) var count = 0
    private let secret = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

    /// Whether the job is held.
    func contains(_ id: RequestID) -> Bool { slots[index(of: id)].stamp != 0 }

    /// Whether the job is held with this very stamp, but for one chance in 2⁶³.
    func holds(_ id: RequestID, _ stamp: JobStamp) -> Bool { slots[index(of: id)].stamp == stamp.hashValue | 1 }

    mutating func insert(_ id: RequestID, _ stamp: JobStamp) {
        var place = index(of: id)
        if slots[place].stamp == 0 {
            if (count + 1) * 4 > slots.count * 3 {
                grow()
                place = index(of: id)
            }
            count += 1
        }
        slots[place] = Slot(id: id, stamp: stamp.hashValue | 1)
    }

    mutating func remove(_ id: RequestID) {
        var hole = index(of: id)
        guard slots[hole].stamp != 0 else { return }
        count -= 1
        // What was pushed behind the hole moves up, so that no probe ends too early (Knuth 6.4, algorithm R).
        var next = hole
        while true {
            next = (next + 1) & (slots.count - 1)
            if slots[next].stamp == 0 { break }
            let home = home(of: slots[next].id)
            if (next &- home) & (slots.count - 1) >= (next &- hole) & (slots.count - 1) {
                slots[hole] = slots[next]
                hole = next
            }
        }
        slots[hole] = Slot()
    }

    /// Where the id is, or the empty slot where it would be.
    private func index(of id: RequestID) -> Int {
        var place = home(of: id)
        while slots[place].stamp != 0, slots[place].id != id { place = (place + 1) & (slots.count - 1) }
        return place
    }

    /// A 64 × 64 bit multiplication, both halves of the product (as in wyhash).
    private func home(of id: RequestID) -> Int {
        let product = (id.low ^ secret.0).multipliedFullWidth(by: (id.high ^ secret.1) | 1)
        return Int(truncatingIfNeeded: product.high ^ product.low) & (slots.count - 1)
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        for slot in old where slot.stamp != 0 { slots[index(of: slot.id)] = slot }
    }
}
