import Store
import Testing

@Suite(.timeLimit(.minutes(4))) struct RangeTests {
    private func withRows(_ keys: [[UInt8]], _ body: (Store, Table) throws -> Void) async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["t", "other"])
            let table = store.table("t")
            try store.write { (changes) throws(StoreError) in
                for key in keys { try changes.put(table, key, key) }
                try changes.put(store.table("other"), [5], [5])
            }
            try body(store, table)
        }
    }

    @Test(arguments: [
        (KeyRange.all, [[1], [1, 0], [1, 0xff], [2], [2, 5], [0xff], [0xff, 0xff]]),
        (.prefix([1]), [[1], [1, 0], [1, 0xff]]),
        (.prefix([1, 0xff]), [[1, 0xff]]),
        (.prefix([0xff]), [[0xff], [0xff, 0xff]]),
        (.prefix([3]), []),
        (.prefix([]), [[1], [1, 0], [1, 0xff], [2], [2, 5], [0xff], [0xff, 0xff]]),
        (.prefix([1]).after([1]), [[1, 0], [1, 0xff]]),
        (.prefix([1]).after([1, 7]), [[1, 0xff]]),
        (KeyRange(lower: .including([2])), [[2], [2, 5], [0xff], [0xff, 0xff]]),
        (KeyRange(lower: .excluding([2])), [[2, 5], [0xff], [0xff, 0xff]]),
        (KeyRange(lower: .including([1, 1]), upper: .including([2])), [[1, 0xff], [2]]),
        (KeyRange(lower: .including([1, 1]), upper: .excluding([2])), [[1, 0xff]]),
        (KeyRange(lower: .including([3]), upper: .including([1])), []),
        (KeyRange(upper: .excluding([1])), []),
        (KeyRange(upper: .including([0])), []),
        (KeyRange(lower: .excluding([0xff, 0xff])), []),
    ])
    func scansGoBothWays(range: KeyRange, keys: [[UInt8]]) async throws {
        try await withRows([[2], [0xff], [1], [2, 5], [1, 0xff], [0xff, 0xff], [1, 0]]) { (store, table) throws in
            #expect(try store.keys(table, range) == keys)
            #expect(try store.keys(table, range, limit: 1) == Array(keys.prefix(1)))
            #expect(try store.keys(table, range.backward) == keys.reversed())
            #expect(try store.read { (snapshot) throws(StoreError) in try snapshot.count(table, range) } == keys.count)
            #expect(try store.read { (snapshot) throws(StoreError) in try snapshot.firstKey(table, range.backward) } == keys.last)
        }
    }

    @Test func anEmptyTableHasNoRows() async throws {
        try await withRows([]) { (store, table) throws in
            for range in [KeyRange.all, .all.backward, .prefix([1]), .prefix([1]).backward] {
                #expect(try store.keys(table, range).isEmpty)
            }
        }
    }

    @Test func pagesOfAListingFollowOneAnother() async throws {
        let keys = (0..<25).map { [UInt8(7), UInt8($0)] }
        try await withRows(keys + [[6, 1], [8, 1]]) { (store, table) throws in
            var seen: [[UInt8]] = []
            var range = KeyRange.prefix([7]).backward
            while case let page = try store.keys(table, range, limit: 10), let last = page.last {
                seen += page
                range = range.after(last)
            }
            #expect(seen == keys.reversed())
        }
    }

    @Test(arguments: [
        (KeyRange.prefix([1]), Int.max, [[0], [2], [3]]), (.all, .max, []), (.prefix([1]).backward, .max, [[0], [2], [3]]),
        (.all, 2, [[1, 1], [2], [3]]), (.all.backward, 2, [[0], [1], [1, 1]]), (.prefix([9]), .max, [[0], [1], [1, 1], [2], [3]]),
    ])
    func deletesARange(range: KeyRange, limit: Int, left: [[UInt8]]) async throws {
        let keys: [[UInt8]] = [[0], [1], [1, 1], [2], [3]]
        try await withRows(keys) { (store, table) throws in
            let count = try store.write { (changes) throws(StoreError) in try changes.delete(table, range, limit: limit) }
            #expect(count == keys.count - left.count)
            #expect(try store.keys(table) == left)
            #expect(try store.keys(store.table("other")) == [[5]])
        }
    }

    /// Against a sorted array, over many pages.
    @Test(arguments: UInt64(0)..<10) func matchesASortedArray(seed: UInt64) async throws {
        var random = SplitMix64(state: seed)
        func key() -> [UInt8] { (0..<Int.random(in: 1...3, using: &random)).map { _ in UInt8.random(in: 250...255, using: &random) } }
        let keys = Set((0..<150).map { _ in key() }).sorted { $0.lexicographicallyPrecedes($1) }
        let bounds = (0..<50).map { _ in (key(), key(), Bool.random(using: &random), Bool.random(using: &random)) }
        try await withRows(keys) { (store, table) throws in
            for (low, high, withLow, withHigh) in bounds {
                let range = KeyRange(
                    lower: withLow ? .including(low) : .excluding(low), upper: withHigh ? .including(high) : .excluding(high))
                let expected = keys.filter { key in
                    let above = low.lexicographicallyPrecedes(key) || withLow && key == low
                    return above && (key.lexicographicallyPrecedes(high) || withHigh && key == high)
                }
                let forward = try store.keys(table, range)
                #expect(forward == expected, "seed \(seed)")
                let backward = try store.keys(table, range.backward)
                #expect(backward == expected.reversed(), "seed \(seed)")
            }
        }
    }
}
