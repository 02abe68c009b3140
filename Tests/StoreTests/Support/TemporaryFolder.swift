import Glibc
import Testing

private func root() -> String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

/// A folder of one name for a test and for the exit tests in it, gone at the end.
@discardableResult func withFolder<Result>(_ name: String, _ body: (String) async throws -> Result) async throws -> Result {
    let path = "\(root())/store-tests-\(getpid())-\(name)"
    remove(path)
    try #require(mkdir(path, 0o755) == 0)
    defer { remove(path) }
    return try await body(path)
}

/// In an exit test: the folder of the test around it.
func folderOfParent(_ name: String) -> String { "\(root())/store-tests-\(getppid())-\(name)" }

/// A folder of its own for one test, gone at the end.
@discardableResult func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    var template = Array("\(root())/store-tests-XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { remove(path) }
    return try await body(path)
}

private func remove(_ path: String) {
    if let folder = opendir(path) {
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { remove(path + "/" + name) }
        }
        closedir(folder)
        rmdir(path)
    } else {
        unlink(path)
    }
}

func readText(_ path: String) -> String {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = read(file, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
}

func writeText(_ text: String, _ path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    defer { close(file) }
    _ = write(file, text, text.utf8.count)
}
