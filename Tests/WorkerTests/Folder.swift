import Glibc

/// A folder of one test, removed with it.
final class Folder {
    let path: String

    init() {
        var template = Array("/tmp/worker-test-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? ""
        precondition(!path.isEmpty, "no temporary folder")
    }

    deinit {
        var pending = [path]
        var folders: [String] = []
        while let folder = pending.popLast() {
            folders.append(folder)
            for name in names(folder) {
                var status = stat()
                let inner = folder + "/" + name
                if lstat(inner, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR { pending.append(inner) } else { unlink(inner) }
            }
        }
        for folder in folders.reversed() { rmdir(folder) }
    }

    func names(_ folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name.0) { String(cString: $0) }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    @discardableResult
    func write(_ name: String, _ text: String) -> String {
        let file = path + "/" + name
        let handle = fopen(file, "w")
        precondition(handle != nil, "cannot write \(file)")
        fputs(text, handle)
        fclose(handle)
        return file
    }

    func make(_ name: String) -> String {
        mkdir(path + "/" + name, 0o755)
        return path + "/" + name
    }

    static func read(_ file: String) -> String? {
        guard let handle = fopen(file, "r") else { return nil }
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: 1 << 22)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, handle))
        return String(decoding: bytes, as: UTF8.self)
    }
}
