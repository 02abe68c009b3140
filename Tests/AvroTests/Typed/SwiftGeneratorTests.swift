import Avro
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `REJOINDER_REGENERATE=1 swift test --filter SwiftGenerator` writes the checked-in files anew.
@Suite("Swift generator")
struct SwiftGeneratorTests {
    @Test("the checked-in types, which the other tests compile and run, are what the generator makes")
    func samples() throws {
        let files = try SwiftGenerator.files(
            for: AvroProtocol(parsing: TypedSamples.avpr), options: .init(isPublic: false, container: "Typed"))
        let folder = TypedSamples.package.appending(path: "Tests/AvroTests/Typed/Generated")
        if ProcessInfo.processInfo.environment["REJOINDER_REGENERATE"] == "1" {
            for file in files { try file.text.write(to: folder.appending(path: file.name), atomically: true, encoding: .utf8) }
        }
        #expect(
            files.map(\.name)
                == ["Mode", "Digest", "Empty", "Point", "Everything", "Tree", "Outcome", "Envelope"].map { "Typed+\($0).swift" })
        for file in files {
            #expect((try? String(contentsOf: folder.appending(path: file.name), encoding: .utf8)) == file.text, "\(file.name)")
        }
    }

    @Test("types of one name in two namespaces are refused")
    func clash() throws {
        let schema = try Schema(
            parsing: #"{"type":"record","name":"a.X","fields":[{"name":"f","type":{"type":"record","name":"b.X","fields":[]}}]}"#)
        #expect(throws: AvroError.self) { try SwiftGenerator.files(for: [schema]) }
    }

    @Test("one text holds all files under one head")
    func text() throws {
        let schema = try Schema(
            parsing: #"{"type":"record","name":"a.X","fields":[{"name":"f","type":{"type":"fixed","name":"Y","size":2}}]}"#)
        let text = SwiftGenerator.text(of: try SwiftGenerator.files(for: [schema]))
        #expect(text.components(separatedBy: "public import Avro").count == 2)
        #expect(text.contains("public struct X: TypedSchema") && text.contains("public struct Y: TypedSchema"))
    }
}
