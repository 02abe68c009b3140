import Avro
import Testing

@testable import Events

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What is generated and checked in is what the generator makes. `REJOINDER_REGENERATE=1 swift test --filter Generated` writes it anew.
@Suite("Generated code")
struct GeneratedTests {
    @Test("the envelopes' types are those of the protocol")
    func envelopes() throws {
        let files = try SwiftGenerator.files(
            for: EnvelopeSchemas.avro.get(), options: .init(container: "Wire", carriesSchemas: false))
        try compare(files, with: "Sources/Events/Wire/Generated", container: "Wire")
    }

    @Test("the benchmark's types are those of the protocol")
    func benchmark() throws {
        let types = try EnvelopeSchemas.avro.get().types.filter { $0.shortName == "Request" || $0.shortName == "Response" }
        let files = try SwiftGenerator.files(for: types, options: .init(isPublic: false, container: "Bench", carriesSchemas: false))
        try compare(files, with: "Benchmarks/AvroBenchmark/Sources/Generated", container: "Bench")
    }

    @Test("the demo operations' types are those of the schemas folder", arguments: ["demo", "reports", "texts"])
    func demo(_ name: String) throws {
        let container = name.prefix(1).uppercased() + name.dropFirst() + "Wire"
        let avro = try AvroProtocol(parsing: Samples.text("schemas/\(name).avpr"))
        let files = try SwiftGenerator.files(for: avro, options: .init(isPublic: false, container: container))
        try compare(files, with: "Sources/Worker/Demo/Generated", container: container)
    }

    private func compare(_ files: [SwiftGenerator.File], with folder: String, container: String) throws {
        #expect(!files.isEmpty)
        let url = Samples.package.appending(path: folder)
        if ProcessInfo.processInfo.environment["REJOINDER_REGENERATE"] == "1" {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            for file in files { try file.text.write(to: url.appending(path: file.name), atomically: true, encoding: .utf8) }
        }
        for file in files {
            let found = try? String(contentsOf: url.appending(path: file.name), encoding: .utf8)
            #expect(found == file.text, "\(folder)/\(file.name) is not what the generator makes")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.hasPrefix(container + "+") }
        #expect(Set(names) == Set(files.map(\.name)), "\(folder) has files that the generator does not make")
    }
}
