/// A registry's URL, taken apart.
struct RegistryPlace {
    /// Without credentials, and without a slash at its end.
    let url: String
    let credentials: (name: String, password: String)?

    init(_ text: String) throws(SetupError) {
        guard let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw SetupError("'\(text)' is no URL of a schema registry: expected http://HOST:PORT or https://HOST:PORT")
        }
        var rest = text.dropFirst(scheme.count)
        while rest.hasSuffix("/") { rest = rest.dropLast() }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if let at = authority.lastIndex(of: "@") {
            let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = Self.decoded(parts[0]), let password = Self.decoded(parts[1]), !name.contains(":") else {
                throw SetupError("the credentials in the registry's URL must be NAME:PASSWORD, percent-encoded")
            }
            credentials = (name, password)
            rest = rest[rest.index(after: at)...]
        } else {
            credentials = nil
        }
        guard !rest.isEmpty, rest.first != "/", !rest.contains(where: { $0 == "?" || $0 == "#" || $0.isWhitespace }) else {
            throw SetupError("the registry's URL must be http://HOST:PORT or https://HOST:PORT, without a query")
        }
        url = scheme + rest
    }

    /// Nil where a percent sign is not followed by two hexadecimal digits.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
