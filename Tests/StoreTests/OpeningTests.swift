import Glibc
import Synchronization
import Testing

@testable import Store

@Suite(.timeLimit(.minutes(4))) struct OpeningTests {
    private func fill(_ folder: String, close: Bool) throws {
        let store = try Store(path: folder, tables: ["t"])
        try store.write { (changes) throws(StoreError) in try changes.put(store.table("t"), [1], [1]) }
        if close { try store.close() }
    }

    private func open(_ folder: String, layout: Int = 1) throws -> (Opening, rows: Int) {
        let store = try Store(path: folder, tables: ["t"], layout: layout)
        return (store.opening, try store.keys(store.table("t")).count)
    }

    @Test func aNewFolderIsMadeAndAClosedStoreKept() async throws {
        try await withFolder { folder in
            let path = folder + "/a/b"
            let store = try Store(path: path, tables: ["t"])
            #expect(store.opening == .created)
            #expect(readText(path + "/state").hasPrefix("open "))
            try store.close()
            #expect(readText(path + "/state").hasPrefix("closed "))
            try store.close()
            #expect(try open(path).0 == .kept)
        }
    }

    @Test func aStoreOfAnotherBootIsKeptOnlyWhenItWasClosed() async throws {
        try await withFolder { folder in
            try fill(folder, close: true)
            let closed = readText(folder + "/state").split(separator: " ")
            writeText("closed another-boot 1\n", folder + "/state")
            #expect(try open(folder) == (.kept, 1))
            writeText("open \(closed[1]) 1\n", folder + "/state")
            #expect(try open(folder) == (.kept, 1))
            writeText("open another-boot 1\n", folder + "/state")
            let (opening, rows) = try open(folder)
            guard case .discarded(let reason) = opening else { throw Unexpected(opening) }
            #expect(reason.contains("started anew"))
            #expect(rows == 0)
        }
    }

    private struct Unexpected: Error {
        let opening: Opening
        init(_ opening: Opening) { self.opening = opening }
    }

    @Test func aStoreWithoutAMarkOrOfAnotherLayoutOrDamagedIsThrownAway() async throws {
        let faults: [(String) -> Void] = [
            { unlink($0 + "/state") }, { writeText("nonsense", $0 + "/state") },
            { writeText(String(repeating: "not a store ", count: 300), $0 + "/data.mdb") },
        ]
        for fault in faults {
            try await withFolder { folder in
                try fill(folder, close: true)
                fault(folder)
                let (opening, rows) = try open(folder)
                guard case .discarded = opening else { throw Unexpected(opening) }
                #expect(rows == 0)
            }
        }
        try await withFolder { folder in
            try fill(folder, close: true)
            #expect(try open(folder, layout: 2).rows == 0)
            #expect(try open(folder, layout: 2).0 == .kept)
        }
    }

    @Test func aSecondOpenerOfTheProcessIsRefused() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["t"])
            let error = #expect(throws: StoreError.self) { try Store(path: folder + "/.", tables: ["t"]) }
            #expect(error?.code == .locked)
            #expect(throws: StoreError.self) { try Store(readingFrom: folder, tables: ["t"]) }
            try store.close()
            #expect(try open(folder).0 == .kept)
        }
    }

    @Test func aClosedStoreRefuses() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["t"])
            try store.close()
            for use: (Store) throws -> Void in [
                { _ = try $0.read { (_) throws(StoreError) in 1 } }, { try $0.write { (_) throws(StoreError) in } }, { try $0.sync() },
                { _ = try $0.statistics() },
            ] {
                #expect(#expect(throws: StoreError.self) { try use(store) }?.code == .closed)
            }
        }
    }

    /// Closing waits for a reader that is inside.
    @Test func closingWaitsForReaders() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, tables: ["t"])
            let table = store.table("t")
            try store.write { (changes) throws(StoreError) in try changes.put(table, [1], [1]) }
            let isOut = Flag()
            let (inside, enter) = AsyncStream<Void>.makeStream()
            let reader = Task.detached {
                try store.read { (snapshot) throws(StoreError) in
                    enter.yield()
                    while (try? store.statistics()) != nil { sched_yield() }  // until the gate is closed
                    for _ in 0..<20_000 { sched_yield() }  // room for a close that does not wait to get ahead
                    defer { isOut.value.store(true, ordering: .releasing) }
                    return try snapshot.bytes(table, [1])
                }
            }
            for await _ in inside { break }
            try store.close()
            let wasOut = isOut.value.load(ordering: .acquiring)
            #expect(wasOut)
            #expect(try await reader.value == [1])
            #expect(readText(folder + "/state").hasPrefix("closed "))
        }
    }

    @Test func aFolderThatCannotBeIsNamed() async throws {
        try await withFolder { folder in
            writeText("a file", folder + "/file")
            for path in [folder + "/file", folder + "/file/below", "/proc/nothing/here"] {
                let error = #expect(throws: StoreError.self) { try Store(path: path, tables: ["t"]) }
                #expect(error?.code == .unwritableFolder)
                #expect(error?.description.contains("--data") == true)
                #expect(error?.disposition == .fatal)
            }
        }
    }

    @Test func aFullMapIsNamedAndTheStoreStaysWell() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder, mapSize: 1 << 20, tables: ["t"])
            let table = store.table("t")
            let value = [UInt8](repeating: 1, count: 1_000)
            try store.write { (changes) throws(StoreError) in try changes.put(table, [1], value) }
            let error = #expect(throws: StoreError.self) {
                try store.write { (changes) throws(StoreError) in
                    for number in 0..<2_000 { try changes.put(table, big(number), value) }
                }
            }
            #expect(error?.code == .mapFull)
            #expect(error?.description.contains("--map-size") == true)
            #expect(try store.keys(table) == [[1]])
            try store.write { (changes) throws(StoreError) in try changes.put(table, [2], value) }
            #expect(try store.keys(table).count == 2)
            let used = try store.statistics()
            #expect(used.mapBytes == 1 << 20)
            #expect(used.usedBytes < used.mapBytes)
        }
    }

    @Test func lmdbsAndTheSystemsCodesHaveNames() {
        #expect(StoreError(lmdb: ENOSPC, "commit", path: "p").code == .diskFull)
        #expect(StoreError(errno: EDQUOT, "commit", path: "p").code == .diskFull)
        #expect(StoreError(lmdb: EIO, "commit", path: "p").code == .other(EIO))
        #expect(StoreError(lmdb: EROFS, "commit", path: "p").code == .unwritableFolder)
    }

    @Test func aCompactCopyIsAStoreWithoutGaps() async throws {
        try await withFolder { folder in
            let store = try Store(path: folder + "/a", tables: ["t"])
            let table = store.table("t")
            let value = [UInt8](repeating: 1, count: 1_000)
            try store.write { (changes) throws(StoreError) in
                for number in 0..<2_000 { try changes.put(table, big(number), value) }
            }
            try store.write { (changes) throws(StoreError) in _ = try changes.delete(table, .all, limit: 1_900) }
            try store.compactCopy(to: folder + "/b")
            let copy = try Store(path: folder + "/b", tables: ["t"])
            #expect(copy.opening == .kept)
            #expect(try copy.keys(copy.table("t")) == store.keys(table))
            #expect(try copy.statistics().usedBytes < store.statistics().usedBytes / 4)
            #expect(throws: StoreError.self) { try store.compactCopy(to: folder + "/b") }
        }
    }
}

private final class Flag: Sendable {
    let value = Atomic(false)
}
