import Glibc

/// Folders and small files, through the C library.
enum Folders {
    /// Something about a file is not as it must be; the text names it and what to do.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A file larger than this is refused.
    static let fileBytesMax = 16 << 20

    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        guard let current = getcwd(nil, 0) else { return path }
        defer { free(current) }
        return String(cString: current) + "/" + path
    }

    /// Makes the folder and those above it.
    static func make(_ path: String) throws(Failure) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            if mkdir(made, 0o755) != 0, errno != EEXIST {
                throw Failure(description: "the folder \(path) cannot be made: \(reason()). Name another one, or change its permissions.")
            }
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw Failure(description: "the folder \(path) cannot be written: \(reason()). Name another one, or change its permissions.")
        }
    }

    /// The names in a folder that end so, sorted.
    static func names(in path: String, ending: String) throws(Failure) -> [String] {
        guard let folder = opendir(path) else {
            throw Failure(description: "the folder \(path) cannot be read: \(reason()). Name the folder with the operations by --schemas.")
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name.hasSuffix(ending), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// A whole file, or standard input for "-".
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let file = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(description: "\(path) cannot be read: \(reason()).") }
        defer { if file != 0 { close(file) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let got = Glibc.read(file, &buffer, buffer.count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Failure(description: "\(path) cannot be read: \(reason()).") }
            if got == 0 { return bytes }
            bytes += buffer[..<got]
            guard bytes.count <= fileBytesMax else { throw Failure(description: "\(path) is larger than \(fileBytesMax) bytes.") }
        }
    }

    /// Writes a whole file, in place of one that is there.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Failure(description: "\(path) cannot be written: \(reason()).") }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let put = bytes.withUnsafeBytes { $0.baseAddress.map { Glibc.write(file, $0 + written, bytes.count - written) } ?? 0 }
            if put < 0, errno == EINTR { continue }
            guard put > 0 else { throw Failure(description: "\(path) cannot be written: \(reason()).") }
            written += put
        }
    }

    /// Where temporary folders go.
    static var temporary: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

    /// Removes a folder and what is in it.
    static func remove(_ path: String) {
        guard let folder = opendir(path) else { return }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { names.append(name) }
        }
        closedir(folder)
        for name in names {
            var status = stat()
            let child = "\(path)/\(name)"
            guard lstat(child, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR { remove(child) } else { unlink(child) }
        }
        rmdir(path)
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
