import CommandLine
import Glibc
import Testing

@Suite(.timeLimit(.minutes(4))) struct CompletionTests {
    private static func path(of shell: String) -> String? {
        let folders = getenv("PATH").map { String(cString: $0) } ?? ""
        return folders.split(separator: ":").map { "\($0)/\(shell)" }.first { access($0, X_OK) == 0 }
    }

    /// Runs a shell on a script; its exit status and what it printed.
    private static func run(_ shell: String, _ options: String, _ script: String) throws -> (status: Int32, output: String) {
        let root = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(root)/completion-XXXXXX".utf8CString)
        let file = mkstemp(&name)
        try #require(file >= 0)
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        _ = write(file, script, script.utf8.count)
        close(file)
        let pipe = try #require(popen("\(shell) \(options) \(path) 2>&1", "r"))
        var bytes: [UInt8] = []
        while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return (pclose(pipe), String(decoding: bytes, as: UTF8.self))
    }

    private static let shells = Completions.allCases.filter { path(of: $0.rawValue) != nil }

    @Test(arguments: shells) func theShellAcceptsTheScript(shell: Completions) throws {
        let (status, output) = try Self.run(shell.rawValue, "-n", shell.script(for: program))
        #expect(status == 0)
        #expect(output == "")
        #expect(try Self.run(shell.rawValue, "-n", shell.script(for: program) + "\nif (((\n").status != 0)
    }

    @Test(
        .enabled(if: path(of: "bash") != nil),
        arguments: [
            (["demo", "st"], "status"), (["demo", "topics", ""], "create check --log-level --kafka --verbose --help --version"),
            (["demo", "status", "--wa"], "--wait"), (["demo", "--log-level", "e"], "error"), (["demo", "--log-level", "=", "d"], "debug"),
            (["demo", "--log-level", "="], "debug info error"), (["demo", "--kafka", "status", "topics", "cr"], "create"),
            (["demo", "worker", "topics", "cr"], ""), (["demo", "signal", "status", "--wa"], ""),
        ])
    func bashCompletes(words: [String], replies: String) throws {
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let script =
            Completions.bash.script(for: program)
            + "\nCOMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1); _demo; echo \"${COMPREPLY[*]}\"\n"
        #expect(try Self.run("bash", "", script).output == replies + "\n")
    }

    @Test(arguments: Completions.allCases) func everyCommandAndOptionIsThere(shell: Completions) {
        let script = shell.script(for: program)
        for word in ["status", "worker", "topics", "create", "check", "signal", "log-level", "kafka", "verbose", "wait", "debug"] {
            #expect(script.contains(word))
        }
        #expect(!script.contains("It's"))
    }
}
