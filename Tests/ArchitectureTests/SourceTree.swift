import Glibc
import Testing

/// One file of the project, with its path from the root.
struct SourceFile: Sendable, CustomTestStringConvertible {
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The second part of the path: the target.
    var target: String { String(path.split(separator: "/")[1]) }
    var testDescription: String { path }

    /// The files below a folder of the project whose names end in `ending`, sorted.
    static func below(_ folder: String, ending: String) -> [SourceFile] {
        var files: [SourceFile] = []
        func walk(_ path: String) {
            guard let directory = opendir(root + "/" + path) else { return }
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                if name.hasPrefix(".") { continue }
                if name.hasSuffix(ending) { files.append(SourceFile(path: path + "/" + name, text: read(path + "/" + name))) }
                if entry.pointee.d_type == UInt8(DT_DIR) { walk(path + "/" + name) }
            }
        }
        walk(folder)
        return files.sorted { $0.path < $1.path }
    }

    /// The project's root: three folders above this file.
    private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

    static func read(_ path: String) -> String {
        let file = open(root + "/" + path, O_RDONLY)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = Glibc.read(file, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
