import Store

extension WriteTransaction {
    mutating func put(_ table: Table, _ key: [UInt8], _ value: [UInt8]) throws(StoreError) {
        try put(table, key.span.bytes, value.span.bytes)
    }
}

extension Snapshot {
    func bytes(_ table: Table, _ key: [UInt8]) throws(StoreError) -> [UInt8]? { try bytes(table, key.span.bytes) }
}

extension WriteTransaction {
    mutating func delete(_ table: Table, _ key: [UInt8]) throws(StoreError) -> Bool { try delete(table, key.span.bytes) }
}

extension Store {
    func rows(_ table: Table, _ range: KeyRange = .all, limit: Int = .max) throws(StoreError) -> [(key: [UInt8], value: [UInt8])] {
        try read { (snapshot) throws(StoreError) in
            var rows: [(key: [UInt8], value: [UInt8])] = []
            try snapshot.scan(table, range, limit: limit) { key, value in
                rows.append((key.withUnsafeBytes { Array($0) }, value.withUnsafeBytes { Array($0) }))
                return .next
            }
            return rows
        }
    }

    func keys(_ table: Table, _ range: KeyRange = .all, limit: Int = .max) throws(StoreError) -> [[UInt8]] {
        try rows(table, range, limit: limit).map(\.key)
    }

    func value(_ table: Table, _ key: [UInt8]) throws(StoreError) -> [UInt8]? {
        try read { (snapshot) throws(StoreError) in try snapshot.bytes(table, key.span.bytes) }
    }
}

/// Eight bytes, highest first: ordered as the numbers are.
func big(_ number: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } }
func number(_ bytes: [UInt8]?) -> Int? { bytes.map { $0.reduce(0) { $0 << 8 | Int($1) } } }

/// A generator whose seed is told when a test fails.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
