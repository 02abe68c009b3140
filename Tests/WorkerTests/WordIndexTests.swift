import Testing

@testable import Worker

@Suite struct WordIndexTests {
    static func index(_ files: [String], step: Int = .max, wordsMax: Int = 1_000, postingsMax: Int = 1_000) -> WordIndex {
        var index = WordIndex(wordsMax: wordsMax, postingsMax: postingsMax)
        for file in files {
            index.beginFile()
            let bytes = Array(file.utf8)
            for start in stride(from: 0, to: bytes.count, by: min(step, max(bytes.count, 1))) {
                bytes[start..<min(start + min(step, bytes.count), bytes.count)].withUnsafeBytes { index.feed($0) }
            }
            index.endFile()
        }
        return index
    }

    @Test("words, also cut by the reader's steps", arguments: [1, 2, 5, Int.max]) func words(step: Int) {
        let index = Self.index(["The licence, the LICENCE; don't 'quote' it.", "Größe the"], step: step)
        #expect(index.words == 9)
        #expect(index.files == 2)
        #expect(index.top(2) == [.init(text: "the", count: 3, files: 2), .init(text: "licence", count: 2, files: 1)])
        #expect(index.topInFile(5).map(\.text) == ["größe", "the"])
        #expect(index.distinctInFile == 2)
        #expect(index.distinct == 6)
    }

    @Test func postingsNameEachFile() {
        var seen: [String: [Int32]] = [:]
        Self.index(["b a b", "a"]).forEachWord { word, postings in
            seen[word] = postings.flatMap { [$0.file, $0.count] }
        }
        #expect(seen == ["a": [0, 1, 1, 1], "b": [0, 2]])
    }

    @Test func aFullIndexCountsWhatItLeavesOut() {
        let index = Self.index(["a b c d c"], wordsMax: 2)
        #expect(index.words == 5)
        #expect(index.distinct == 2)
        #expect(index.unindexed == 3)
        #expect(Self.index(["a b c"], postingsMax: 1).unindexed == 2)
    }

    @Test func manyWordsSurviveTheTablesGrowth() {
        let text = (0..<20_000).map { "w\($0)" }.joined(separator: " ")
        let index = Self.index([text, text], wordsMax: 100_000, postingsMax: 100_000)
        #expect(index.distinct == 20_000)
        #expect(index.top(20_000).allSatisfy { $0.count == 2 && $0.files == 2 })
    }

    @Test(
        "patterns of names",
        arguments: [
            ("*", "any", true), ("*.txt", "a.txt", true), ("*.txt", "a.text", false), ("a?c", "abc", true), ("a?c", "ac", false),
            ("", "", true),
            ("*a*b*", "xxaxxbxx", true), ("*a*b", "ab ba", false), ("GPL-*", "GPL-3", true), ("GPL-?", "GPL-3.0", false),
        ])
    func patterns(pattern: String, name: String, matches: Bool) {
        #expect(NamePattern(pattern).matches(name) == matches)
    }
}
