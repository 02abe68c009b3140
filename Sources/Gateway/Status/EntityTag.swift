/// The ETag of a job is its version, quoted (RFC 9110 §8.8.3).
enum EntityTag {
    static func text(_ version: Int64) -> String { "\"\(version)\"" }

    /// Whether `If-None-Match` names this version: `*`, or a list of tags, weak or strong.
    static func matches(_ header: String, version: Int64) -> Bool {
        header.split(separator: ",").contains { tag in
            var tag = tag.drop { $0 == " " || $0 == "\t" }
            while let last = tag.last, last == " " || last == "\t" { tag.removeLast() }
            if tag == "*" { return true }
            if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
            return tag == "\"\(version)\""
        }
    }
}
