/// The path and query of a request target in origin form, decoded once (RFC 9112, 3.2.1).
struct Target {
    var segments: [String] = []
    var query: [QueryItem] = []

    /// Refuses what is not in origin form, bytes that no target may hold, broken percent escapes, an encoded NUL and text that is not UTF-8.
    static func parse(_ bytes: [UInt8]) -> Result<Target, Refusal> {
        bytes.withUnsafeBytes { parse($0) }
    }

    static func parse(_ bytes: UnsafeRawBufferPointer) -> Result<Target, Refusal> {
        guard bytes.first == UInt8(ascii: "/") else { return .failure(.target) }
        var target = Target()
        var start = 1
        var at = 1
        var escaped = false
        while at < bytes.count, bytes[at] != UInt8(ascii: "?") {
            let byte = bytes[at]
            guard isAllowed(byte) else { return .failure(.target) }
            if byte == UInt8(ascii: "/") {
                guard let text = text(bytes[start..<at], escaped: escaped, plusIsSpace: false) else { return .failure(.target) }
                target.segments.append(text)
                start = at + 1
                escaped = false
            } else if byte == UInt8(ascii: "%") {
                escaped = true
            }
            at += 1
        }
        if at > 1 {
            guard let text = text(bytes[start..<at], escaped: escaped, plusIsSpace: false) else { return .failure(.target) }
            target.segments.append(text)
        }
        if at < bytes.count {
            guard target.readQuery(bytes[(at + 1)...]) else { return .failure(.target) }
        }
        return .success(target)
    }

    private mutating func readQuery(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        for byte in bytes where !Self.isAllowed(byte) { return false }
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "="))
            guard let name = Self.text(pair[..<(equals ?? pair.endIndex)], escaped: true, plusIsSpace: true) else { return false }
            var value: String?
            if let equals {
                guard let text = Self.text(pair[(equals + 1)...], escaped: true, plusIsSpace: true) else { return false }
                value = text
            }
            query.append(QueryItem(name: name, value: value))
        }
        return true
    }

    /// Visible ASCII but the number sign: a fragment is never sent, and bytes above 127 must be escaped.
    private static func isAllowed(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#") }

    private static func text(_ part: Slice<UnsafeRawBufferPointer>, escaped: Bool, plusIsSpace: Bool) -> String? {
        guard escaped else { return String(decoding: UnsafeRawBufferPointer(rebasing: part), as: UTF8.self) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(part.count)
        var at = part.startIndex
        while at < part.endIndex {
            switch part[at] {
            case UInt8(ascii: "%"):
                guard at + 2 < part.endIndex, let high = ASCII.hexDigit(part[at + 1]), let low = ASCII.hexDigit(part[at + 2]),
                    high | low != 0
                else {
                    return nil
                }
                decoded.append(high << 4 | low)
                at += 2
            case UInt8(ascii: "+") where plusIsSpace: decoded.append(0x20)
            case let byte: decoded.append(byte)
            }
            at += 1
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
