import Testing

@Suite struct ArchitectureTests {
    private static let sources = SourceFile.below("Sources", ending: ".swift")
    private static let tests = SourceFile.below("Tests", ending: ".swift")
    private static let c = SourceFile.below("Sources", ending: ".c") + SourceFile.below("Sources", ending: ".h")

    /// Else the rules below would hold for nothing.
    @Test func theSourcesAreFound() {
        #expect(Set(Self.sources.map(\.target)) == Set(ImportRules.allowed.keys))
        #expect(Self.tests.contains { $0.path == "Tests/ArchitectureTests/ArchitectureTests.swift" })
        #expect(Self.c.contains { $0.path == "Sources/CSys/CSys.c" })
    }

    @Test(arguments: sources) func importsFollowTheGraph(file: SourceFile) {
        #expect(ImportRules.faults(target: file.target, text: file.text) == [])
    }

    @Test(arguments: sources + tests + c) func filesAreTidy(file: SourceFile) {
        #expect(TidyRules.faults(path: file.path, text: file.text) == [])
    }

    /// The table has no way round: following the arrows from any target never comes back to it.
    @Test func theGraphHasNoCycle() {
        for target in ImportRules.allowed.keys {
            var seen: Set<String> = []
            var next = ImportRules.allowed[target] ?? []
            while let one = next.popFirst() {
                if seen.insert(one).inserted { next.formUnion(ImportRules.allowed[one] ?? []) }
            }
            #expect(!seen.contains(target))
        }
    }

    /// The compiler's view agrees with the table: Package.swift names no dependency of a target that the table does not.
    @Test func packageAgreesWithTheTable() {
        let package = SourceFile.read("Package.swift")
        for line in package.split(separator: "\n") {
            let words = line.split(separator: "\"")
            guard line.contains(" target(\""), words.count > 1, let allowed = ImportRules.allowed[String(words[1])] else { continue }
            let named = stride(from: 3, to: words.count, by: 2).map { String(words[$0]) }
            #expect(Set(named).subtracting(allowed) == [], "\(words[1])")
        }
    }

    /// A dependency of ours that no file of its target imports only makes builds wait.
    @Test func packageNamesOnlyWhatIsImported() {
        for line in SourceFile.read("Package.swift").split(separator: "\n") {
            let words = line.split(separator: "\"")
            let isTest = line.contains(" test(\"")
            guard isTest || line.contains(" target(\""), words.count > 1 else { continue }
            let files = (isTest ? Self.tests : Self.sources).filter { $0.target == words[1] }
            let imported = Set(files.flatMap { ImportRules.imports(of: $0.text) })
            let named = stride(from: 3, to: words.count, by: 2).map { String(words[$0]) }
            #expect(Set(named).subtracting(imported).subtracting(ImportRules.system) == [], "\(words[1])")
        }
    }

    @Test(arguments: [
        ("Core", "import Glibc"), ("Core", "public import FoundationEssentials"), ("Gateway", "internal import Correlator"),
        ("Gateway", "@testable import Store"), ("Store", "import struct CRdKafka.rd_kafka_t"), ("Avro", "import Core"),
        ("Worker", "import Foundation"), ("Unknown", "import Glibc"),
    ])
    func anImportAgainstTheGraphIsFound(target: String, text: String) {
        #expect(ImportRules.faults(target: target, text: "// a file\n\(text)\n").count == 1)
    }

    private static let untidy: [[String]] = [
        ["Sources/A/B.swift", "// TO", "DO later"], ["Sources/A/B.swift", "final class A: @unch", "ecked Sendable {}"],
        ["Sources/A/B.swift", "let x = try", "! f()"], ["Sources/A/B.swift", "let x = y as", "! Z"],
        ["Sources/A/B.swift", "fatal", "Error()"],
        ["Sources/A/B.swift", "internal import Foundation"], ["Tests/A/B.swift", "try await Task.sl", "eep(for: .seconds(1))"],
        ["Tests/A/B.swift", "let path = \"/ho", "me/me\""], ["Sources/A/B.swift", String(repeating: "//\n", count: 401)],
        ["Sources/A/b.c", "/* FIX", "ME */"],
    ]

    @Test(arguments: untidy) func anUntidyFileIsFound(file: [String]) {
        let text = file.dropFirst().joined()
        #expect(TidyRules.faults(path: file[0], text: text).count == 1)
    }

    @Test func aTidyFilePasses() {
        let text = "internal import FoundationEssentials\n" + String(repeating: "//\n", count: 399)
        #expect(TidyRules.faults(path: "Sources/A/B.swift", text: text) == [])
        #expect(ImportRules.faults(target: "Core", text: "struct A {}") == [])
    }
}
