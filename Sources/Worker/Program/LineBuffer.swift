/// Cuts a stream of bytes into lines, each at most `lineBytesMax` long.
struct LineBuffer {
    /// A line is longer than allowed.
    struct TooLong: Error, Equatable {}

    let lineBytesMax: Int
    private var pending: [UInt8] = []

    init(lineBytesMax: Int) { self.lineBytesMax = lineBytesMax }

    /// Calls `body` for each line that these bytes complete, without its line end (LF or CRLF).
    mutating func feed(_ bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let part = rest[rest.startIndex..<end]
            rest = rest[(end + 1)...]
            guard pending.count + part.count <= lineBytesMax else { throw TooLong() }
            if pending.isEmpty {
                try body(Self.trimmed(part))
            } else {
                pending.append(contentsOf: part)
                try body(Self.trimmed(pending[...]))
                pending.removeAll(keepingCapacity: true)
            }
        }
        guard pending.count + rest.count <= lineBytesMax else { throw TooLong() }
        pending.append(contentsOf: rest)
    }

    /// The last line, when the stream ended without a line end.
    mutating func finish(_ body: (ArraySlice<UInt8>) throws -> Void) rethrows {
        guard !pending.isEmpty else { return }
        let line = pending
        pending = []
        try body(Self.trimmed(line[...]))
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
