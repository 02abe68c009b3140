import Glibc
import HTTPServer

/// The result files that workers leave in the shared folder, as `/files/{id}/{name}` serves them.
///
/// Only regular files directly below `<folder>/<id>/` are served. Symbolic links are not followed, so that nothing that a worker
/// links to leaves the folder.
struct ResultFiles: Sendable {
    let folder: String

    /// The file and its type; nil when there is none that may be served.
    func find(id: String, name: String) -> (file: ResponseFile, type: String)? {
        guard Self.isPlain(id), Self.isPlain(name) else { return nil }
        var status = stat()
        guard lstat("\(folder)/\(id)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        guard let file = ResponseFile(path: "\(folder)/\(id)/\(name)") else { return nil }
        return (file, Self.type(of: name))
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
