/// Counts distinct values exactly, by a 64-bit hash of each, up to a bound; says nothing beyond it.
struct DistinctCounter {
    static let valuesMax = 10_000

    /// Open addressing, 0 is empty, never more than half full.
    private var table: [UInt64] = []
    private var stored = 0
    private var overflowed = false

    /// Nil when there were more than `valuesMax`.
    var count: Int? { overflowed ? nil : stored }

    /// At least so many.
    var countMin: Int { stored }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        guard !overflowed else { return }
        add(hash: Self.hash(bytes))
    }

    private mutating func add(hash: UInt64) {
        if (stored + 1) * 2 > table.count { grow() }
        let key = hash == 0 ? 1 : hash
        var slot = Int(truncatingIfNeeded: key) & (table.count - 1)
        while table[slot] != 0 {
            if table[slot] == key { return }
            slot = (slot + 1) & (table.count - 1)
        }
        guard stored < Self.valuesMax else {
            overflowed = true
            table = []
            return
        }
        table[slot] = key
        stored += 1
    }

    private mutating func grow() {
        let old = table
        table = [UInt64](repeating: 0, count: max(old.count * 2, 64))
        for key in old where key != 0 {
            var slot = Int(truncatingIfNeeded: key) & (table.count - 1)
            while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
            table[slot] = key
        }
    }

    /// FNV-1a over words, then the finalizer of MurmurHash3, so that all 64 bits are well spread.
    static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(truncatingIfNeeded: bytes.count)
        var index = 0
        while index + 8 <= bytes.count {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x0000_0100_0000_01b3
            hash ^= hash >> 32
            index += 8
        }
        while index < bytes.count {
            hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01b3
            index += 1
        }
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ (hash >> 33)
    }
}
