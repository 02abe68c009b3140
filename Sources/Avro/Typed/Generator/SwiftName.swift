/// Swift's names for Avro's.
enum SwiftName {
    /// A type's name: its first letter a capital.
    static func type(_ name: String) -> String {
        escaped(name.prefix(1).uppercased() + name.dropFirst())
    }

    /// A property's or case's name: `NOT_FOUND` and `NotFound` are `notFound`, `source` stays.
    static func member(_ name: String) -> String {
        let words = name.split(separator: "_")
        if words.isEmpty { return name }
        let isShouting = name.utf8.allSatisfy { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        let parts = words.enumerated().map { index, word in
            let word = isShouting ? word.lowercased() : String(word)
            let head = index == 0 ? word.prefix(1).lowercased() : word.prefix(1).uppercased()
            return head + word.dropFirst()
        }
        let joined = parts.joined()
        return escaped(joined.first?.isNumber == true ? "_" + joined : joined)
    }

    /// Members of one type, all different: those that would meet keep the name that Avro gave them.
    static func members(_ names: [String]) -> [String] {
        let wanted = names.map(member)
        return zip(names, wanted).map { name, wish in wanted.count { $0 == wish } > 1 ? escaped(name) : wish }
    }

    private static func escaped(_ name: some StringProtocol) -> String {
        keywords.contains(String(name)) ? "`\(name)`" : String(name)
    }

    private static let keywords: Set<String> = [
        "associatedtype", "class", "deinit", "enum", "extension", "fileprivate", "func", "import", "init", "inout", "internal", "let",
        "open",
        "operator", "private", "protocol", "public", "rethrows", "static", "struct", "subscript", "typealias", "var", "break", "case",
        "continue",
        "default", "defer", "do", "else", "fallthrough", "for", "guard", "if", "in", "repeat", "return", "switch", "where", "while", "as",
        "catch",
        "false", "is", "nil", "super", "self", "Self", "throw", "throws", "true", "try", "Type", "Protocol", "Any",
    ]
}

/// Lines of code at their indentation.
struct SwiftText {
    private(set) var text = ""
    private var depth = 0

    mutating func line(_ line: String) {
        if line.isEmpty {
            text += "\n"
            return
        }
        text += String(repeating: "    ", count: depth) + line + "\n"
    }

    mutating func doc(_ doc: String?) {
        guard let doc else { return }
        for part in doc.split(whereSeparator: \.isNewline) { line("/// " + part.drop { $0 == " " || $0 == "*" }) }
    }

    mutating func open(_ line: String) {
        self.line(line)
        depth += 1
    }

    mutating func middle(_ line: String) {
        depth -= 1
        self.line(line)
        depth += 1
    }

    mutating func close() {
        depth -= 1
        line("}")
    }
}
