import Glibc

/// An open regular file that is sent without being read into memory. What it held when it was opened stays readable when it is replaced.
public final class ResponseFile: Sendable {
    let descriptor: Int32
    /// The size when it was opened, in bytes: what is announced and sent.
    public let size: Int

    /// Nil when there is no regular file at `path`, or it cannot be read. A symbolic link as the last component is not followed.
    public init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }
}
