extension Command {
    /// The help of this command.
    /// - Parameters:
    ///   - path: the names of the program and the commands above, with its own.
    ///   - inherited: options that the commands above bring.
    ///   - width: columns of the terminal.
    public func help(path: [String], inherited: [Option] = [], width: Int = 80) -> String {
        var text = usage(path) + "\n\n" + Self.wrap(summary, width).joined(separator: "\n") + "\n"
        for paragraph in details.split(separator: "\n") {
            text += "\n" + Self.wrap(String(paragraph), width).joined(separator: "\n") + "\n"
        }
        text += section("Operands", (operands + (rest.map { [$0] } ?? [])).map { ($0.name, $0.help) }, width)
        text += section("Commands", commands.map { ($0.name, $0.summary) }, width)
        text += section("Options", options.map(Self.row), width)
        text += section(options.isEmpty ? "Options" : "Common options", (inherited + Self.common).map(Self.row), width)
        return text
    }

    private func usage(_ path: [String]) -> String {
        var words = ["Usage:"] + path + ["[options]"]
        if !commands.isEmpty { words.append("<command>") }
        words += operands.map { $0.isOptional ? "[\($0.name)]" : "<\($0.name)>" }
        if let rest { words.append(rest.name == "COMMAND" ? "-- \(rest.name)..." : "[\(rest.name)...]") }
        return words.joined(separator: " ")
    }

    private static func row(_ option: Option) -> (String, String) {
        var left = option.short.map { "-\($0), " } ?? "    "
        left += "--\(option.long)"
        if option.takesValue { left += " " + option.placeholder }
        var right = option.help
        if case .many = option.value { right += " (repeatable)" }
        if let fallback = option.fallback { right += " [default: \(fallback)]" }
        return (left, right)
    }

    private func section(_ title: String, _ rows: [(String, String)], _ width: Int) -> String {
        guard let widest = rows.map(\.0.count).max() else { return "" }
        let column = min(widest, 30) + 4
        var text = "\n\(title):\n"
        for (left, right) in rows {
            let lines = Self.wrap(right, max(width - column, 30))
            var line = "  " + left
            if left.count + 4 > column {
                line += "\n" + String(repeating: " ", count: column)
            } else {
                line += String(repeating: " ", count: column - left.count - 2)
            }
            text += line + lines.joined(separator: "\n" + String(repeating: " ", count: column)) + "\n"
        }
        return text
    }

    static func wrap(_ text: String, _ width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + 1 + word.count <= max(width, 20) {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
