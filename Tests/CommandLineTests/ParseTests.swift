import CommandLine
import Testing

@Suite struct ParseTests {
    @Test func optionsStandAnywhereAndTheLastCounts() throws {
        let (path, arguments) = try parsed("--kafka a=1 status -vw5 x --kafka=b=2 --log-level error -l debug")
        #expect(path == ["demo", "status"])
        #expect(arguments.operands == ["x"])
        #expect(arguments.all("kafka") == ["a=1", "b=2"])
        #expect(arguments["log-level"] == "debug")
        #expect(arguments["wait"] == "5")
        #expect(arguments.flag("verbose"))
        #expect(try arguments.parse("wait", "a number", Int.init) == 5)
        #expect(throws: UsageError.self) { try arguments.parse("log-level", "a number", Int.init) }
    }

    @Test func wordsBehindTwoDashesAreOperands() throws {
        #expect(try parsed("worker -- python3 -u --log-level x.py").1.operands == ["python3", "-u", "--log-level", "x.py"])
        #expect(try parsed("status -").1.operands == ["-"])
        #expect(try parsed("topics create").path == ["demo", "topics", "create"])
        #expect(try parsed("signal a").1.operands == ["a"])
    }

    @Test func flagsThenEnvironmentThenPropertiesThenTheFallback() throws {
        let environment = ["REJOINDER_LOG_LEVEL": "error"]
        let properties = ["log-level": ["debug"], "kafka": ["a=1"]]
        #expect(try parsed("status x -l info", environment: environment, properties: properties).1["log-level"] == "info")
        let (_, arguments) = try parsed("status x", environment: environment, properties: properties)
        #expect(arguments["log-level"] == "error")
        #expect(arguments.all("kafka") == ["a=1"])
        #expect(try parsed("status x", properties: properties).1["log-level"] == "debug")
        let fallback = try parsed("status x").1
        #expect(fallback["log-level"] == "info")
        #expect(!fallback.isGiven("log-level"))
        #expect(try parsed("status x", environment: ["REJOINDER_LOG_LEVEL": ""]).1["log-level"] == "info")
    }

    @Test(
        arguments: [
            ("statsu x", "unknown command 'statsu'", "did you mean 'status'?"),
            ("status x --verbos2", "unknown option '--verbos2'", "did you mean '--verbose'?"),
            ("status", "missing operand <ID>", nil), ("status a b", "unexpected operand 'b'", nil), ("", "a command is required", nil),
            ("topics", "a command is required", nil), ("status x --wait", "option '--wait' requires a value", nil),
            ("status x --verbose=1", "option '--verbose' takes no value", nil), ("status x --ver", "ambiguous", nil),
            ("status x -q", "unknown option '-q'", nil),
            ("status x --log-level eror", "invalid value 'eror' for '--log-level' (one of: debug, info, error)", "did you mean 'error'?"),
        ] as [(String, String, String?)])
    func wrongUseIsNamed(line: String, message: String, hint: String?) throws {
        let error = try #require(#expect(throws: UsageError.self) { try parsed(line) })
        #expect(error.message.contains(message))
        #expect(error.hint == hint)
        #expect(error.text.contains("--help'."))
    }

    @Test func aWrongChoiceIsRefusedWhereverItComesFrom() {
        #expect(
            #expect(throws: UsageError.self) { try parsed("status x", environment: ["REJOINDER_LOG_LEVEL": "loud"]) }?.message.contains(
                "REJOINDER_LOG_LEVEL") == true)
        #expect(throws: UsageError.self) { try parsed("status x", properties: ["log-level": ["loud"]]) }
    }

    @Test(arguments: [40, 80, 100]) func helpFitsItsWidth(width: Int) throws {
        guard case .help(let command, let path, let inherited) = try program.parse(["status", "--help"]) else {
            throw UsageError("no help")
        }
        for text in [command.help(path: path, inherited: inherited, width: width), program.help(path: ["demo"], width: width)] {
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= max(width, 64) })
            #expect(text.contains("--log-level debug|info|error"))
            #expect(text.contains("[default: info]"))
        }
        #expect(command.help(path: path, inherited: inherited).contains("Usage: demo status [options] <ID>\n"))
    }

    @Test func theVersionNeedsNoCommand() throws {
        guard case .version = try program.parse(["--version"]) else { throw UsageError("no version") }
    }
}
