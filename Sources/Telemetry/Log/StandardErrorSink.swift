internal import Glibc

/// Writes each record as one line to standard error, by one `write(2)` and without a lock.
///
/// Lines up to `PIPE_BUF` (4,096 bytes) of different threads do not mix. A pipe that nobody reads blocks the caller: give the process
/// a file, a journal or a reader.
public struct StandardErrorSink: LogSink {
    /// How a line looks.
    public enum Format: String, Sendable, CaseIterable {
        /// For people: time, level, label, message, `key=value`.
        case text
        /// For machines: one JSON object.
        case json
    }

    private let format: Format
    private let descriptor: Int32

    /// A sink on standard error.
    public init(format: Format) {
        self.init(format: format, descriptor: STDERR_FILENO)
    }

    init(format: Format, descriptor: Int32) {
        self.format = format
        self.descriptor = descriptor
    }

    /// Writes one line.
    public func write(_ record: LogRecord) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let line = format == .text ? LogLine(text: record, at: now) : LogLine(json: record, at: now)
        line.bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    return  // nowhere left to say it
                }
                rest = rest.dropFirst(written)
            }
        }
    }
}
