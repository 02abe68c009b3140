import Glibc

/// A file of `key=value` lines, as Kafka's own clients have them: `#` and `!` begin comments, blanks around key and value do not count.
///
/// Keys are the names of options; `kafka.` in front of a librdkafka property stands for `--kafka property=value`.
public struct PropertiesFile: Sendable, Equatable {
    /// A larger file is refused.
    public static let bytesMax = 1 << 20

    public let entries: [(key: String, value: String)]

    public static func == (left: PropertiesFile, right: PropertiesFile) -> Bool { left.entries.elementsEqual(right.entries, by: ==) }

    public init(text: String, name: String) throws(UsageError) {
        var entries: [(String, String)] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = Self.trimmed(line)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("!") { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !Self.trimmed(parts[0]).isEmpty else {
                throw UsageError("\(name), line \(index + 1): expected key=value, found '\(line)'")
            }
            entries.append((String(Self.trimmed(parts[0])), String(Self.trimmed(parts[1]))))
        }
        self.entries = entries
    }

    /// Reads a file; nil where there is none.
    public init?(path: String) throws(UsageError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw UsageError("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: Self.bytesMax + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress! + count, $0.count - count) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { break }
            count += got
        }
        guard count <= Self.bytesMax else { throw UsageError("\(path) is larger than \(Self.bytesMax) bytes") }
        try self.init(text: String(decoding: bytes[..<count], as: UTF8.self), name: path)
    }

    /// The entries as values of options: `kafka.x=y` becomes one value `x=y` of `kafka`; names that are no option are refused.
    public func values(options: [Option], name: String) throws(UsageError) -> [String: [String]] {
        var values: [String: [String]] = [:]
        for (key, value) in entries {
            if key.hasPrefix("kafka.") {
                values["kafka", default: []].append("\(key.dropFirst(6))=\(value)")
            } else if let option = options.first(where: { $0.long == key || $0.long == String(key.map { $0 == "." ? "-" : $0 }) }) {
                values[option.long, default: []].append(value)
            } else {
                let near = NearestWord.among(options.map(\.long), to: key).map { "did you mean '\($0)'?" }
                throw UsageError("\(name): unknown setting '\(key)'", hint: near)
            }
        }
        return values
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
