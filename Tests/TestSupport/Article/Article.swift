import FoundationEssentials

/// An article of docs/, whose Swift examples stand in a test as well, so that they are compiled and run.
public enum Article {
    /// The examples of `docs/<name>` whose lines do not stand together in `file`, and how many examples there are. Indentation is not
    /// looked at, and a test may have lines of its own between two examples, not within one.
    public static func examples(of name: String, notIn file: String = #filePath) throws -> (missing: [String], count: Int) {
        let compiled = lines(String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self))
        var missing: [String] = []
        var count = 0
        var block: [String]?
        for line in lines(try Project.text("docs/\(name)")) {
            if line == "```swift" {
                block = []
            } else if line == "```", let example = block {
                count += 1
                if !compiled.contains(example) { missing.append(example.joined(separator: "\n")) }
                block = nil
            } else {
                block?.append(line)
            }
        }
        return (missing, count)
    }

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map { String($0.drop { $0 == " " }) } }
}
