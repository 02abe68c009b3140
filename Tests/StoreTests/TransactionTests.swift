import Store
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(4))) struct TransactionTests {
    @Test func aCommitIsSeenWholeAndAThrowLeavesNothing() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["a", "b"])
            let (a, b) = (store.table("a"), store.table("b"))
            try store.write { (changes) throws(StoreError) in
                try changes.put(a, [1], [10])
                try changes.put(b, [2], [])
                #expect(try changes.snapshot.bytes(a, [1]) == [10])
            }
            #expect(try store.value(a, [1]) == [10])
            #expect(try store.value(b, [2]) == [])
            #expect(try store.value(b, [1]) == nil)
            #expect(throws: StoreError.self) {
                try store.write { (changes) throws(StoreError) in
                    try changes.put(a, [1], [11])
                    try changes.put(a, [UInt8](repeating: 0, count: Store.keyBytesMax + 1), [])
                }
            }
            #expect(try store.value(a, [1]) == [10])
        }
    }

    @Test func readersSeeOneCommitBesideTheWriter() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["t"])
            let table = store.table("t")
            try store.write { (changes) throws(StoreError) in try changes.put(table, [1], [1]) }
            try store.read { (snapshot) throws(StoreError) in
                try store.write { (changes) throws(StoreError) in try changes.put(table, [1], [2]) }
                #expect(try snapshot.bytes(table, [1]) == [1])
                #expect(try store.value(table, [1]) == [2])
            }
            #expect(try store.value(table, [1]) == [2])
        }
    }

    /// Two rows are always written alike; readers on other threads never see them differ, nor a number go back.
    @Test func manyReadersBesideTheWriter() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["t"])
            let table = store.table("t")
            func write(_ value: Int) throws(StoreError) {
                try store.write { (changes) throws(StoreError) in
                    try changes.put(table, [1], big(value))
                    try changes.put(table, [2], big(value))
                }
            }
            try write(0)
            let last = 2_000
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var seen = 0
                        while seen < last {
                            let (one, two) = try store.read { (snapshot) throws(StoreError) in
                                (number(try snapshot.bytes(table, [1])), number(try snapshot.bytes(table, [2])))
                            }
                            #expect(one == two)
                            #expect(one ?? -1 >= seen)
                            seen = one ?? last
                            await Task.yield()
                        }
                    }
                }
                for value in 1...last { try write(value) }
                try await group.waitForAll()
            }
            #expect(try store.statistics().readers <= 8)
        }
    }

    @Test func rowsAreReplacedAndDeleted() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["t"])
            let table = store.table("t")
            try store.write { (changes) throws(StoreError) in
                try changes.put(table, [1], [1])
                try changes.put(table, [1], [1, 2])
                try changes.put(table, [2], [2])
                #expect(try changes.delete(table, [2]))
                #expect(try !changes.delete(table, [3]))
                #expect(changes.changes == 5)
            }
            #expect(try store.rows(table).map(\.value) == [[1, 2]])
            try store.write { (changes) throws(StoreError) in try changes.clear(table) }
            #expect(try store.rows(table).isEmpty)
        }
    }

    @Test func keysHaveBounds() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["t"])
            let table = store.table("t")
            let longest = [UInt8](repeating: 7, count: Store.keyBytesMax)
            try store.write { (changes) throws(StoreError) in try changes.put(table, longest, [1]) }
            #expect(try store.value(table, longest) == [1])
            for key in [[], longest + [7]] {
                let error = #expect(throws: StoreError.self) {
                    try store.write { (changes) throws(StoreError) in try changes.put(table, key, []) }
                }
                #expect(error?.code == .keySize)
                #expect(error?.disposition == .reject)
            }
        }
    }

    @Test func batchesInAnyOrderMatchASortedModel() async throws {
        for seed in UInt64(0)..<20 {
            try await withFolder { folder in
                var random = SplitMix64(state: seed)
                let store = try Store(path: folder, tables: ["t"])
                let table = store.table("t")
                var model: [[UInt8]: [UInt8]] = [:]
                for _ in 0..<5 {
                    var keys = (0..<200).map { _ in
                        [UInt8](repeating: UInt8.random(in: 0...9, using: &random), count: Int.random(in: 1...20, using: &random))
                    }
                    if Bool.random(using: &random) { keys.sort { $0.lexicographicallyPrecedes($1) } }
                    try store.write { (changes) throws(StoreError) in
                        try changes.batch(table) { (writer) throws(StoreError) in
                            for key in keys {
                                let value = big(Int.random(in: 0...1_000, using: &random))
                                try writer.put(key.span.bytes, value.span.bytes)
                                model[key] = value
                            }
                        }
                        #expect(changes.changes == keys.count)
                    }
                }
                let sorted = model.sorted { $0.key.lexicographicallyPrecedes($1.key) }
                let rows = try store.rows(table)
                #expect(rows.map(\.key) == sorted.map(\.key), "seed \(seed)")
                #expect(rows.map(\.value) == sorted.map(\.value), "seed \(seed)")
            }
        }
    }

    /// Rows that rise fill their pages, where single puts in the same order leave them half empty.
    @Test func risingBatchesFillTheirPages() async throws {
        func bytes(_ put: (inout WriteTransaction, Table) throws(StoreError) -> Void) async throws -> Int {
            try await withFolder { folder in
                let store = try Store(path: folder, tables: ["t"])
                try store.write { (changes) throws(StoreError) in try put(&changes, store.table("t")) }
                return try store.statistics().usedBytes
            }
        }
        let value = [UInt8](repeating: 1, count: 300)
        let rising = try await bytes { (changes, table) throws(StoreError) in
            try changes.batch(table) { (writer) throws(StoreError) in
                for number in 0..<10_000 { try writer.put(big(number).span.bytes, value.span.bytes) }
            }
        }
        let falling = try await bytes { (changes, table) throws(StoreError) in
            for number in (0..<10_000).reversed() { try changes.put(table, big(number), value) }
        }
        #expect(rising < falling * 2 / 3)
    }

    @Test func aTransactionHoldsAsManyChangesAsItSays() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["t"])
            let table = store.table("t")
            // Spread over all pages, each large enough to change a page of its own: the worst case.
            let value = [UInt8](repeating: 1, count: 1_900)
            for round in 0..<2 {
                try store.write { (changes) throws(StoreError) in
                    for number in 0..<Store.changesMax { try changes.put(table, big(number &* 0x9e37_79b9_7f4a_7c1 &+ round), value) }
                    #expect(changes.room == 0)
                }
            }
            let error = #expect(throws: StoreError.self) {
                try store.write { (changes) throws(StoreError) in
                    for number in 0...Store.changesMax { try changes.put(table, big(number), []) }
                }
            }
            #expect(error?.code == .transactionFull)
            #expect(error?.disposition == .retry)
            #expect(try store.read { (snapshot) throws(StoreError) in try snapshot.count(table) } == 2 * Store.changesMax)
            let large = [UInt8](repeating: 0, count: 100_000)
            try store.write { (changes) throws(StoreError) in
                try changes.put(table, [1], large)
                #expect(changes.changes == 26)
            }
        }
    }
}
