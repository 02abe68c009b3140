public import Core

import Glibc

/// Where an attempt leaves files for the gateway's `/files/{id}/{name}`: a folder named by the request's id below the first `--files`
/// folder. A later attempt writes the same files again; each appears whole or not at all.
public struct ResultFolder: Sendable {
    /// The folder's path.
    public let path: String
    private let id: RequestID

    /// Nil when there is no folder for files. The folder itself is made when the first file is written.
    public init?(of id: RequestID, in folders: AllowedFolders) {
        guard let results = folders.results else { return nil }
        self.id = id
        path = results + "/" + id.text
    }

    /// Where the gateway serves a file.
    public func url(_ name: String) -> String { "/files/\(id.text)/\(name)" }

    /// Writes a file under its name, in pieces that `body` hands to the closure it is given.
    public func write(_ name: String, _ body: ((String) throws -> Void) throws -> Void) throws {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw fault("make folder", path) }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw WorkerError(.configuration, operation: "write result", detail: "\(path) is no folder")
        }
        let (final, temporary) = (path + "/" + name, path + "/." + name + ".\(getpid())-\(UInt32.random(in: .min ... .max))")
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw fault("create", temporary) }
        var whole = false
        defer {
            close(descriptor)
            if !whole { unlink(temporary) }
        }
        var buffer: [UInt8] = []
        try body { text in
            buffer.append(contentsOf: text.utf8)
            if buffer.count >= 1 << 16 { try flush(&buffer, to: descriptor) }
        }
        try flush(&buffer, to: descriptor)
        guard rename(temporary, final) == 0 else { throw fault("rename", final) }
        whole = true
    }

    private func flush(_ buffer: inout [UInt8], to descriptor: Int32) throws(WorkerError) {
        var written = 0
        while written < buffer.count {
            let count = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw fault("write", path) }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func fault(_ operation: String, _ path: String) -> WorkerError {
        WorkerError(.configuration, operation: operation, detail: "\(path): \(String(cString: strerror(errno)))")
    }
}
