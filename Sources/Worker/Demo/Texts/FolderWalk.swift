import Core
import Glibc

/// Finds the regular files below a folder, in the order of their names, in bounded memory and time.
///
/// A symbolic link to a file is followed when it stays inside `allowed`; one to a folder is not followed at all, so that no loop is
/// possible. Each file is listed once, whatever links lead to it.
struct FolderWalk {
    static let filesMax = 10_000
    static let depthMax = 32

    struct Entry: Equatable {
        /// Below the folder that was walked.
        let name: String
        /// Real path.
        let path: String
    }

    let allowed: AllowedFolders
    private(set) var entries: [Entry] = []
    /// Files beyond `filesMax` and folders beyond `depthMax`.
    private(set) var leftOut = 0
    private var seen: Set<String> = []
    /// The folder in which results are left: its folders that are named by a request's id hold results, not texts.
    private let results: String?

    init(allowed: AllowedFolders, results: String? = nil) {
        self.allowed = allowed
        self.results = results
    }

    mutating func walk(_ folder: String) {
        descend(folder, prefix: "", depth: 0)
    }

    private mutating func descend(_ folder: String, prefix: String, depth: Int) {
        guard depth <= Self.depthMax else {
            leftOut += 1
            return
        }
        for name in Self.names(in: folder) {
            let path = folder + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR where folder == results && RequestID(name) != nil: continue
            case S_IFDIR: descend(path, prefix: prefix + name + "/", depth: depth + 1)
            case S_IFREG: add(prefix + name, path)
            case S_IFLNK:
                guard let real = allowed.resolve(path), stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
                add(prefix + name, real)
            default: continue
            }
        }
    }

    private mutating func add(_ name: String, _ path: String) {
        guard entries.count < Self.filesMax else {
            leftOut += 1
            return
        }
        if seen.insert(path).inserted { entries.append(Entry(name: name, path: path)) }
    }

    private static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
