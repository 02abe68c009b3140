import Glibc
import HTTPServer
import Testing

@testable import Gateway

/// A folder `files` with one result, and beside it what must never be served.
final class FilesFolder: Sendable {
    let root: String
    var files: String { root + "/files" }

    init() throws {
        var template = Array("/tmp/gateway-files-XXXXXX".utf8CString)
        root = try #require(template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } })
        mkdir(root + "/files", 0o755)
        mkdir(root + "/files/job", 0o755)
        mkdir(root + "/files/job/folder", 0o755)
        mkdir(root + "/elsewhere", 0o755)
        write("/secret", "secret")
        write("/elsewhere/report.html", "secret")
        write("/files/job/report.html", "<p>report")
        write("/files/job/.hidden", "secret")
        write("/files/top.html", "secret")
        symlink(root + "/secret", root + "/files/job/link.html")
        symlink(root + "/elsewhere", root + "/files/linked")
        mkfifo(root + "/files/job/pipe", 0o644)
    }

    deinit {
        for path in [
            "/files/job/pipe", "/files/job/link.html", "/files/linked", "/files/job/.hidden", "/files/job/report.html", "/files/top.html",
            "/secret",
            "/elsewhere/report.html",
        ] { unlink(root + path) }
        for path in ["/files/job/folder", "/files/job", "/files", "/elsewhere", ""] { rmdir(root + path) }
    }

    private func write(_ path: String, _ text: String) {
        guard let file = fopen(root + path, "w") else { return }
        fputs(text, file)
        fclose(file)
    }
}

@Suite struct ResultFilesTests {
    @Test func aRegularFileOfAJob() throws {
        let folder = try FilesFolder()
        let found = try #require(ResultFiles(folder: folder.files).find(id: "job", name: "report.html"))
        #expect(found.file.size == 9)
        #expect(found.type == "text/html; charset=utf-8")
    }

    @Test(
        "nothing else",
        arguments: [
            ("job", "none"), ("job", "folder"), ("job", "link.html"), ("linked", "report.html"), ("job", ".hidden"), ("job", "pipe"),
            ("..", "secret"),
            (".", "top.html"), ("", "top.html"), ("job", ""), ("job", ".."), ("job", "../../secret"), ("job/../..", "secret"),
            ("job", "report.html\0.png"),
            ("../elsewhere", "report.html"), ("job", "folder/../report.html"), ("job", String(repeating: "a", count: 256)),
        ])
    func nothing(id: String, name: String) throws {
        let folder = try FilesFolder()
        #expect(ResultFiles(folder: folder.files).find(id: id, name: name) == nil)
    }
}
