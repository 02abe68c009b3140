import Telemetry
import Testing

@Suite struct TraceContextTests {
    private static let example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test func theStandardsExampleGoesRound() throws {
        let context = try #require(TraceContext(Self.example))
        #expect(context.text == Self.example)
        #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(context.parentID == "00f067aa0ba902b7")
        #expect(context.sampled)
        #expect(TraceContext(Array(Self.example.utf8)) == context)
        #expect(context.child(random: 0xab).text == "00-4bf92f3577b34da6a3ce929d0e0e4736-00000000000000ab-01")
        #expect(context.child(random: 0).parent != 0)
    }

    @Test(arguments: [
        "", "00", String(example.dropLast()), example + "0", example + "-00", "ff" + example.dropFirst(2), example.uppercased(),
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
    ])
    func whatBreaksTheGrammarIsNone(text: String) {
        #expect(TraceContext(text) == nil)
    }

    @Test func aLaterVersionIsReadAsFarAsItIsKnown() throws {
        let context = try #require(TraceContext("cc" + Self.example.dropFirst(2).dropLast(2) + "09-what-comes"))
        #expect(context.text == Self.example)
        #expect(TraceContext("cc" + Self.example.dropFirst(2) + ".x") == nil)
    }

    @Test func aNewTraceIsNeverZero() {
        #expect(TraceContext(TraceContext(random: (0, 0, 0)).text) != nil)
        #expect(!TraceContext(random: (1, 2, 3), sampled: false).sampled)
    }
}
