import Glibc
import Store
import Synchronization
import Testing

/// What happens between processes. Each exit test runs its body in a process of its own.
@Suite(.timeLimit(.minutes(4))) struct ProcessTests {
    @Test func killedInsideATransactionTheLastCommitStands() async throws {
        try await withFolder("inside") { folder in
            await #expect(processExitsWith: .signal(SIGKILL)) {
                let folder = folderOfParent("inside")
                let store = try Store(path: folder, tables: ["t"])
                let table = store.table("t")
                try store.write { (changes) throws(StoreError) in try changes.put(table, [1], [1]) }
                try store.write { (changes) throws(StoreError) in
                    try changes.put(table, [1], [2])
                    for number in 0..<20_000 { try changes.put(table, big(number), big(number)) }
                    kill(getpid(), SIGKILL)
                }
            }
            let store = try Store(path: folder, tables: ["t"])
            #expect(store.opening == .kept)
            #expect(try store.rows(store.table("t")).map(\.value) == [[1]])
        }
    }

    /// Killed at no particular moment while it commits: a row in each of two tables always has the number of one commit, and none that
    /// was reported is missing.
    @Test(.serialized, arguments: [3, 20, 77, 200]) func killedWhileItCommitsEachCommitIsWhole(after: Int) async throws {
        try await withFolder("commits") { folder in
            writeText("\(after)", folder + "/after")
            await #expect(processExitsWith: .signal(SIGKILL)) {
                let folder = folderOfParent("commits")
                let after = Int(readText(folder + "/after")) ?? 0
                let store = try Store(path: folder, tables: ["a", "b"])
                let committed = Killer(after: after)
                for number in 1... {
                    try store.write { (changes) throws(StoreError) in
                        try changes.put(store.table("a"), [1], big(number))
                        for row in 0..<50 { try changes.put(store.table("a"), big(number * 50 + row), big(row)) }
                        try changes.put(store.table("b"), [1], big(number))
                    }
                    committed.count.store(number, ordering: .releasing)
                }
            }
            let store = try Store(path: folder, tables: ["a", "b"])
            #expect(store.opening == .kept)
            let (one, two) = (try store.value(store.table("a"), [1]), try store.value(store.table("b"), [1]))
            #expect(one == two)
            let last = try #require(number(one))
            #expect(last >= after)
            #expect(try store.keys(store.table("a")).count == last * 50 + 1)
            try store.write { (changes) throws(StoreError) in try changes.put(store.table("a"), [1], [0]) }
        }
    }

    @Test func aSecondProcessIsRefusedUntilTheFirstHasClosed() async throws {
        try await withFolder("second") { folder in
            let store = try Store(path: folder, tables: ["t"])
            await #expect(processExitsWith: .success) {
                let folder = folderOfParent("second")
                let error = #expect(throws: StoreError.self) { try Store(path: folder, tables: ["t"]) }
                #expect(error?.code == .locked)
                #expect(error?.description.contains(folder) == true)
            }
            try store.close()
            await #expect(processExitsWith: .success) {
                let folder = folderOfParent("second")
                let store = try Store(path: folder, tables: ["t"])
                #expect(store.opening == .kept)
                try store.close()
            }
        }
    }

    @Test func anotherProcessReadsBesideTheWriter() async throws {
        try await withFolder("beside") { folder in
            let store = try Store(path: folder, tables: ["t"])
            try store.write { (changes) throws(StoreError) in try changes.put(store.table("t"), [1], [9]) }
            await #expect(processExitsWith: .success) {
                let folder = folderOfParent("beside")
                let reader = try Store(readingFrom: folder, tables: ["t"])
                #expect(try reader.value(reader.table("t"), [1]) == [9])
                try reader.close()
                let table = #expect(throws: StoreError.self) { try Store(readingFrom: folder, tables: ["t", "unknown"]) }
                #expect(table?.code == .missing)
                let layout = #expect(throws: StoreError.self) { try Store(readingFrom: folder, tables: ["t"], layout: 2) }
                #expect(layout?.code == .missing)
                let nothing = #expect(throws: StoreError.self) { try Store(readingFrom: folder + "/nothing", tables: ["t"]) }
                #expect(nothing?.code == .missing)
            }
            #expect(readText(folder + "/state").hasPrefix("open "))
            try store.write { (changes) throws(StoreError) in try changes.put(store.table("t"), [2], [9]) }
        }
    }

    /// The system refuses to let the file grow, as a full disk does.
    @Test func aFileThatCannotGrowIsNamedAndTheLastCommitStands() async throws {
        try await withFolder("growth") { folder in
            await #expect(processExitsWith: .success) {
                let folder = folderOfParent("growth")
                let store = try Store(path: folder, tables: ["t"])
                let table = store.table("t")
                try store.write { (changes) throws(StoreError) in try changes.put(table, [1], [1]) }
                signal(SIGXFSZ, SIG_IGN)
                var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
                #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
                let value = [UInt8](repeating: 1, count: 1_000)
                let error = #expect(throws: StoreError.self) {
                    try store.write { (changes) throws(StoreError) in
                        for number in 0..<5_000 { try changes.put(table, big(number), value) }
                    }
                }
                // A short write is an I/O error for LMDB; a full disk is told from it by the room that is left.
                #expect(error?.code == .diskFull || error?.code == .other(EIO))
                #expect(error?.disposition == .fatal)
                #expect(try store.keys(table) == [[1]])
            }
            let store = try Store(path: folder, tables: ["t"])
            #expect(store.opening == .kept)
            #expect(try store.keys(store.table("t")) == [[1]])
        }
    }

    @Test func aWriteInsideAWriteIsABug() async throws {
        try await withFolder("nested") { folder in
            await #expect(processExitsWith: .failure) {
                let folder = folderOfParent("nested")
                let store = try Store(path: folder, tables: ["t"])
                try store.write { (_) throws(StoreError) in try store.write { (_) throws(StoreError) in return } }
            }
        }
    }
}

/// A thread that kills the process as soon as a number of commits is reported.
private final class Killer: Sendable {
    let count = Atomic<Int>(0)

    init(after: Int) {
        var thread = pthread_t()
        let limit = Unmanaged.passRetained(Limit(after, self)).toOpaque()
        pthread_create(
            &thread, nil,
            { opaque in
                guard let opaque else { return nil }
                let limit = Unmanaged<Limit>.fromOpaque(opaque).takeRetainedValue()
                while limit.killer.count.load(ordering: .acquiring) < limit.after { sched_yield() }
                kill(getpid(), SIGKILL)
                return nil
            }, limit)
    }

    private final class Limit: Sendable {
        let after: Int
        let killer: Killer

        init(_ after: Int, _ killer: Killer) {
            self.after = after
            self.killer = killer
        }
    }
}
