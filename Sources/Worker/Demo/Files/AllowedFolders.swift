import Glibc

/// The folders that demo operations may read (`--files`): a path is followed through all its symbolic links first, and what then lies
/// outside of every folder is refused.
public struct AllowedFolders: Sendable {
    /// Real paths, without a slash at the end.
    public let folders: [String]

    /// Folders that do not exist are named in the error.
    public init(_ folders: [String]) throws(WorkerError) {
        var real: [String] = []
        for folder in folders {
            guard let path = Self.realPath(folder) else {
                throw WorkerError(.configuration, operation: "files", detail: "\(folder): \(String(cString: strerror(errno)))")
            }
            real.append(path == "/" ? "" : path)
        }
        self.folders = real
    }

    /// Where results are left: the first folder.
    public var results: String? { folders.first.map { $0.isEmpty ? "/" : $0 } }

    /// The real path of `path` (absolute, or relative to one of the folders), or nil when there is none inside the folders. What exists
    /// outside and what does not exist are not told apart: an answer must not say what else is on the machine.
    public func resolve(_ path: String) -> String? {
        guard !path.utf8.contains(0), !path.isEmpty else { return nil }
        let candidates = path.hasPrefix("/") ? [path] : folders.map { $0 + "/" + path }
        for candidate in candidates {
            if let real = Self.realPath(candidate), contains(real) { return real }
        }
        return nil
    }

    /// Whether a real path lies in one of the folders.
    public func contains(_ real: String) -> Bool {
        folders.contains { real == $0 || real.hasPrefix($0 + "/") }
    }

    private static func realPath(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}
