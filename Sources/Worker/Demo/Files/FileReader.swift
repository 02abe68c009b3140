import Glibc

/// An open file, read from its start to its end; closed when it goes out of scope.
struct FileReader: ~Copyable {
    /// Good as long as this value lives.
    let descriptor: Int32
    /// Its size when it was opened.
    let size: Int

    /// Opens a regular file; not through a symbolic link (its path was resolved before).
    init(_ path: String) throws(WorkerError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw WorkerError(.configuration, operation: "open", detail: "\(path): \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw WorkerError(.configuration, operation: "open", detail: "\(path) is not a regular file")
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Fills `memory` as far as one call gives; 0 is the end.
    func read(into memory: UnsafeMutableRawBufferPointer) throws(WorkerError) -> Int { try Self.read(descriptor, into: memory) }

    static func read(_ descriptor: Int32, into bytes: UnsafeMutablePointer<UInt8>, _ count: Int) throws(WorkerError) -> Int {
        try read(descriptor, into: UnsafeMutableRawBufferPointer(start: bytes, count: count))
    }

    static func read(_ descriptor: Int32, into memory: UnsafeMutableRawBufferPointer) throws(WorkerError) -> Int {
        while true {
            let count = Glibc.read(descriptor, memory.baseAddress, memory.count)
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw WorkerError(.configuration, operation: "read", detail: String(cString: strerror(errno)))
            }
        }
    }
}
