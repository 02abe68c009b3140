import Glibc

/// The result files that workers leave in the shared folder, as `/files/{id}/{name}` serves them.
///
/// Only regular files directly below `<folder>/<id>/` are served. Symbolic links are not followed, so that nothing that a worker
/// links to leaves the folder.
struct ResultFiles: Sendable {
    /// The largest file that is served, in bytes: a response is held in memory while it is sent.
    static let bytesMax = 64 << 20

    enum Found: Equatable {
        case file([UInt8], type: String)
        case none
        case tooLarge(bytes: Int)
    }

    let folder: String

    func read(id: String, name: String) -> Found {
        guard Self.isPlain(id), Self.isPlain(name) else { return .none }
        let root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { return .none }
        defer { close(root) }
        let job = openat(root, id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard job >= 0 else { return .none }
        defer { close(job) }
        let file = openat(job, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return .none }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return .none }
        guard status.st_size <= Self.bytesMax else { return .tooLarge(bytes: Int(status.st_size)) }
        return .file(Self.contents(file, count: Int(status.st_size)), type: Self.type(of: name))
    }

    private static func contents(_ file: Int32, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = Glibc.read(file, buffer.baseAddress! + filled, count - filled)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { break }
                filled += got
            }
        }
    }

    /// One path component: not empty, not hidden, no separator.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 255 && !name.hasPrefix(".") && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 < 0x20 }
    }

    private static func type(of name: String) -> String {
        let ending = name.split(separator: ".").last.map { $0.lowercased() }
        return switch ending {
        case "html", "htm": "text/html; charset=utf-8"
        case "json": "application/json"
        case "csv": "text/csv; charset=utf-8"
        case "txt", "log": "text/plain; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "pdf": "application/pdf"
        default: "application/octet-stream"
        }
    }
}
