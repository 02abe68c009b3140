import Core
import Glibc
import Testing

@testable import Worker

@Suite struct FilesTests {
    @Test func pathsThatLeaveTheFoldersAreRefused() throws {
        let (inside, outside) = (Folder(), Folder())
        inside.write("a.csv", "a")
        let secret = outside.write("secret.csv", "s")
        _ = inside.make("sub")
        inside.write("sub/b.csv", "b")
        symlink(secret, inside.path + "/link.csv")
        symlink(outside.path, inside.path + "/out")
        symlink("a.csv", inside.path + "/good.csv")
        let sibling = inside.path + "-sibling"
        mkdir(sibling, 0o755)
        defer { rmdir(sibling) }
        let allowed = try AllowedFolders([inside.path])
        let real = try #require(allowed.results)
        #expect(allowed.resolve("a.csv") == real + "/a.csv")
        #expect(allowed.resolve("good.csv") == real + "/a.csv")
        #expect(allowed.resolve("sub/../a.csv") == real + "/a.csv")
        #expect(allowed.resolve(inside.path + "/sub/b.csv") == real + "/sub/b.csv")
        for path in ["link.csv", "out/secret.csv", "../a.csv", secret, "/etc/passwd", "", "nowhere", "a.csv\u{0}", sibling] {
            #expect(allowed.resolve(path) == nil, "\(path)")
        }
    }

    @Test func aFolderThatIsNotThereIsNamed() {
        let error = #expect(throws: WorkerError.self) { try AllowedFolders(["/nowhere/at-all"]) }
        #expect(error?.detail.contains("/nowhere/at-all") == true)
    }

    @Test func aResultAppearsWholeOrNotAtAll() throws {
        struct Stop: Error {}
        let folder = Folder()
        let allowed = try AllowedFolders([folder.path])
        let id = RequestID(high: 1, low: 2)
        let results = try #require(ResultFolder(of: id, in: allowed))
        try results.write("r.html") { write in try write("first") }
        #expect(throws: Stop.self) {
            try results.write("r.html") { write in
                try write("second")
                throw Stop()
            }
        }
        #expect(Folder.read("\(folder.path)/\(id.text)/r.html") == "first")
        #expect(folder.names("\(folder.path)/\(id.text)") == ["r.html"])
        #expect(results.url("r.html") == "/files/\(id.text)/r.html")
        #expect(ResultFolder(of: id, in: try AllowedFolders([])) == nil)
    }

    @Test func aWalkFindsEachFileOnceAndStaysInside() throws {
        let (inside, outside) = (Folder(), Folder())
        inside.write("b.txt", "b")
        _ = inside.make("sub")
        inside.write("sub/a.txt", "a")
        symlink("../b.txt", inside.path + "/sub/again.txt")
        symlink("..", inside.path + "/sub/loop")
        symlink(outside.write("secret.txt", "s"), inside.path + "/secret.txt")
        mkfifo(inside.path + "/pipe", 0o644)
        _ = inside.make(RequestID(high: 3, low: 4).text)
        inside.write(RequestID(high: 3, low: 4).text + "/index.json", "{}")
        let allowed = try AllowedFolders([inside.path])
        var walk = FolderWalk(allowed: allowed, results: allowed.results)
        walk.walk(try #require(allowed.results))
        #expect(walk.entries.map(\.name) == ["b.txt", "sub/a.txt"])
        #expect(walk.leftOut == 0)
    }
}
