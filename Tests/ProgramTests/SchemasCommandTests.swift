import Avro
import CommandLine
import Core
import Events
import Glibc
import Kafka
import KafkaTesting
import Testing

@testable import rejoinder

/// `rejoinder schemas` as the command line calls it, with the mock cluster for Kafka.
@Suite(.timeLimit(.minutes(1)), .serialized) struct SchemasCommandTests {
    /// Runs words as the program would; its exit status.
    static func run(_ words: [String]) async throws -> Int32 {
        guard case .run(let command, let arguments) = try CommandTable.program.parse(words) else {
            return -1
        }
        return await command.run?(arguments) ?? -1
    }

    static func withFolder(_ body: (String) async throws -> Void) async throws {
        var template = Array("\(Folders.temporary)/rejoinder-schemas-XXXXXX".utf8CString)
        let path = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { Folders.remove(path) }
        try await body(path)
    }

    static func avpr(_ fields: String) -> [UInt8] {
        Array(
            #"{"protocol":"s","namespace":"org.example","types":[],"messages":{"m":{"request":[\#(fields)],"response":"string"}}}"#.utf8)
    }

    @Test func theTableHasIt() throws {
        let schemas = try #require(CommandTable.program.commands.first { $0.name == "schemas" })
        #expect(schemas.commands.map(\.name) == ["list", "register", "check", "swift"])
        #expect(schemas.commands.allSatisfy { $0.run != nil && !$0.summary.isEmpty })
        #expect(Completions.bash.script(for: CommandTable.program).contains("output-folder"))
    }

    @Test func registerCheckAndList() async throws {
        let cluster = try MockCluster()
        try cluster.createTopic(TopicNames(prefix: "p.").schemas, partitions: 1)
        try await Self.withFolder { folder in
            let common = [
                "--bootstrap-servers", cluster.configuration.bootstrapServers, "--prefix", "p.", "--schemas", folder, "--output", "json",
            ]
            try Folders.write(Self.avpr(#"{"name":"text","type":"string"}"#), to: folder + "/s.avpr")
            #expect(try await Self.run(["schemas", "register"] + common) == 0)
            #expect(try await Self.run(["schemas", "list"] + common) == 0)
            #expect(try await Self.run(["schemas", "check"] + common) == 0)
            try Folders.write(Self.avpr(#"{"name":"text","type":"string"},{"name":"n","type":"int","default":0}"#), to: folder + "/s.avpr")
            #expect(try await Self.run(["schemas", "check"] + common) == 0)
            try Folders.write(Self.avpr(#"{"name":"n","type":"int"}"#), to: folder + "/s.avpr")
            #expect(try await Self.run(["schemas", "check"] + common) == 1)
            #expect(try await Self.run(["schemas", "check", folder + "/s.avpr"] + common) == 1)
            #expect(try await Self.run(["schemas", "list", "--registry", "http://127.0.0.1:1"] + common) == 1)
        }
        cluster.stop()
    }

    @Test func swiftIsWritten() async throws {
        #expect(try await Self.run(["schemas", "swift"]) == 2)
        try await Self.withFolder { folder in
            try Folders.write(Self.avpr(#"{"name":"text","type":"string"}"#), to: folder + "/s.avpr")
            try Folders.write(Array(#"{"type":"enum","name":"org.example.Mode","symbols":["A","B"]}"#.utf8), to: folder + "/mode.avsc")
            let files = [folder + "/s.avpr", folder + "/mode.avsc"]
            #expect(
                try await Self.run(["schemas", "swift", "--output-folder", folder + "/out", "--container", "Typed", "--internal"] + files)
                    == 0)
            #expect(try Folders.names(in: folder + "/out", ending: ".swift") == ["Typed+MRequest.swift", "Typed+Mode.swift"])
            let text = String(decoding: try Folders.read(folder + "/out/Typed+MRequest.swift"), as: UTF8.self)
            #expect(text.contains("extension Typed {"))
            #expect(!text.contains("public "))
            #expect(try await Self.run(["schemas", "swift", folder + "/none.avsc"]) == 1)
        }
    }
}
