/// What no file of the project may hold.
enum TidyRules {
    static let linesMax = 400

    /// Written in pieces, so that these files do not find themselves.
    private static let banned: [(word: String, why: String)] = [
        (word("TO", "DO"), "an issue says what is to be done"), (word("FIX", "ME"), "an issue says what is to be done"),
        (word("@unch", "ecked Sendable"), "use Locked, or nonisolated(unsafe) with its reason"), (word("try", "!"), "throw or handle"),
        (word(" as", "!"), "check the type"), (word("fatal", "Error("), "errors are for the world, precondition for our bugs"),
        (word("/ho", "me/"), "a path of one machine"), (word("/Us", "ers/"), "a path of one machine"),
        (word("/wo", "rk/"), "a path of one machine"),
    ]
    private static let bannedInTests: [(word: String, why: String)] = [
        (word("Task.sl", "eep"), "await the event"), (word("us", "leep("), "await the event"), (word("nano", "sleep("), "await the event"),
        (word(" sl", "eep("), "await the event"),
    ]

    private static func word(_ one: String, _ other: String) -> String { one + other }

    /// What is wrong with a file, in words.
    static func faults(path: String, text: String) -> [String] {
        var faults: [String] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if path.hasSuffix(".swift"), lines.count > linesMax + 1 { faults.append("\(lines.count - 1) lines; \(linesMax) are the most") }
        let isTest = path.hasPrefix("Tests/")
        for (index, line) in lines.enumerated() {
            for (word, why) in banned where line.contains(word) { faults.append("line \(index + 1): '\(word)': \(why)") }
            if isTest {
                for (word, why) in bannedInTests where line.contains(word) { faults.append("line \(index + 1): '\(word)': \(why)") }
            }
        }
        if !isTest, ImportRules.imports(of: text).contains("Foundation") {
            faults.append("imports all of Foundation; FoundationEssentials will do")
        }
        return faults
    }
}
