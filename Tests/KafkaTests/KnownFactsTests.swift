import FoundationEssentials
import TestSupport
import Testing

/// The table of docs/kafka.md of what is known of the library: every row names sources and tests that are there.
struct KnownFactsTests {
    /// The columns of each row below the table's head.
    private static func rows() throws -> [[Substring]] {
        let article = try Project.text("docs/kafka.md")
        let section = try #require(article.split(separator: "\n## ").first { $0.hasPrefix("What is known of the library below") })
        return section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { $0.split(separator: "|") }
    }

    /// What stands between backticks.
    private static func names(_ cell: Substring) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    @Test func everyRowNamesWhereItIsHandledAndWhatShowsIt() throws {
        let sources = try ["Sources/Kafka", "Sources/KafkaTesting"].flatMap {
            try FileManager.default.subpathsOfDirectory(atPath: Project.root.appending(path: $0).path)
        }
        let tests = try FileManager.default.contentsOfDirectory(atPath: Project.root.appending(path: "Tests/KafkaTests").path)
            .map { try Project.text("Tests/KafkaTests/\($0)") }.joined()
        let rows = try Self.rows()
        #expect(rows.count > 20)
        for row in rows {
            try #require(row.count == 4, "\(row)")
            let (places, proofs) = (Self.names(row[2]), Self.names(row[3]))
            #expect(!places.isEmpty && !proofs.isEmpty, "\(row[0])")
            for place in places { #expect(sources.contains { $0.hasSuffix("/\(place).swift") || $0 == "\(place).swift" }, "\(place)") }
            for proof in proofs {
                let isThere =
                    proof.contains("/")
                    ? FileManager.default.fileExists(atPath: Project.root.appending(path: proof).path) : tests.contains("func \(proof)(")
                #expect(isThere, "\(proof)")
            }
        }
    }
}
