import Events
import Glibc

extension Worker {
    /// A worker for the operations that the `.avpr` files of a folder describe.
    public convenience init(_ configuration: WorkerConfiguration, schemas folder: String) throws(WorkerError) {
        let files = try Self.files(folder)
        let catalogue: Catalogue
        do throws(CatalogueError) {
            catalogue = try Catalogue(files: files)
        } catch {
            throw WorkerError(.configuration, operation: "read schemas", detail: "\(error)")
        }
        try self.init(configuration, catalogue: catalogue)
    }

    private static func files(_ folder: String) throws(WorkerError) -> [(name: String, text: String)] {
        guard let handle = opendir(folder) else {
            throw WorkerError(.configuration, operation: "read schemas", detail: "\(folder): \(String(cString: strerror(errno)))")
        }
        defer { closedir(handle) }
        var files: [(name: String, text: String)] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name.0) { String(cString: $0) }
            guard name.hasSuffix(".avpr") else { continue }
            files.append((name, try text(folder + "/" + name)))
        }
        guard !files.isEmpty else {
            throw WorkerError(.configuration, operation: "read schemas", detail: "\(folder) has no .avpr file")
        }
        return files.sorted { $0.name < $1.name }
    }

    private static func text(_ path: String) throws(WorkerError) -> String {
        let file = try FileReader(path)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try FileReader.read(file.descriptor, into: &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }
}
