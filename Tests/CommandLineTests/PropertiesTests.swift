import CommandLine
import Testing

@Suite struct PropertiesTests {
    @Test func linesOfKeysAndValues() throws {
        let text = "# comment\n! another\n\n log.level = debug \nkafka.ssl.ca.location=/a=b\r\nkafka.acks=all\n"
        let file = try PropertiesFile(text: text, name: "f")
        #expect(file.entries.map(\.key) == ["log.level", "kafka.ssl.ca.location", "kafka.acks"])
        let values = try file.values(options: program.options, name: "f")
        #expect(values == ["log-level": ["debug"], "kafka": ["ssl.ca.location=/a=b", "acks=all"]])
    }

    @Test func faultsNameTheLineOrTheWord() throws {
        #expect(
            #expect(throws: UsageError.self) { try PropertiesFile(text: "a=1\nnonsense", name: "f") }?.message.contains("f, line 2") == true
        )
        let unknown = try PropertiesFile(text: "log-levle=debug", name: "f")
        #expect(
            #expect(throws: UsageError.self) { try unknown.values(options: program.options, name: "f") }?.hint
                == "did you mean 'log-level'?")
        #expect(try PropertiesFile(path: "/nothing/here") == nil)
    }
}
