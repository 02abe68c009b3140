import CSys
import Glibc
import Telemetry

/// A process that a test started: its lines on standard output as they come, its log as a file, its end as an event.
///
/// It leads a process group of its own and dies with the tests.
final class Program: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private struct Output {
        var pid: pid_t = 0
        var failure: String?
        var lines: [String] = []
        /// The exit status, or minus the signal that ended it.
        var status: Int32?
    }

    let name: String
    /// Where its standard error goes.
    let logPath: String
    private let output = Observed(Output())

    private init(_ name: String, logPath: String) {
        self.name = name
        self.logPath = logPath
    }

    /// Starts `words[0]`, looked up in PATH; `environment` comes over ours, from which whatever could change a test is left out.
    static func start(_ name: String, _ words: [String], environment: [String: String] = [:], logPath: String) async throws -> Program {
        let program = Program(name, logPath: logPath)
        var merged = Surroundings.environment
        for (key, value) in environment { merged[key] = value }
        let variables = merged.map { "\($0)=\($1)" }
        OwnThread.start("program") { program.live(words, variables) }
        _ = try await program.output.first { output in
            if let failure = output.failure { throw Failure(description: "\(words[0]) does not start: \(failure)") }
            return output.pid == 0 ? nil : output.pid
        }
        return program
    }

    /// The thread of the process: it ends when its thread does, so the thread stays until it has ended.
    private func live(_ words: [String], _ variables: [String]) {
        var ends: [Int32] = [-1, -1]
        let log = open(logPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard csys_pipe(&ends) == 0, log >= 0, nothing >= 0 else { return fail(errno) }
        var pid: pid_t = 0
        let code = CStrings.with(words) { argv in CStrings.with(variables) { envp in csys_spawn(&pid, argv, envp, nothing, ends[1], log) } }
        for descriptor in [log, nothing, ends[1]] { close(descriptor) }
        defer { close(ends[0]) }
        guard code == 0 else { return fail(code) }
        let started = pid
        output.update { $0.pid = started }
        read(ends[0])
        var raw: Int32 = 0
        while waitpid(pid, &raw, 0) < 0, errno == EINTR {}
        let status = csys_exit_status(raw)
        output.update { $0.status = status }
    }

    private func fail(_ code: Int32) {
        let reason = String(cString: strerror(code))
        output.update { $0.failure = reason }
    }

    private func read(_ descriptor: Int32) {
        var rest: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            rest += buffer[..<count]
            var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            rest = Array(lines.removeLast().utf8)
            let complete = lines
            if !complete.isEmpty { output.update { $0.lines += complete } }
        }
        let last = String(decoding: rest, as: UTF8.self)
        if !last.isEmpty { output.update { $0.lines.append(last) } }
    }

    // MARK: What tests ask

    var lines: [String] { output.value.lines }

    var log: String { Files.text(logPath) ?? "" }

    /// The first line of standard output for which `find` has an answer. Throws, with the end of the log, when the process ends before.
    func line<Answer: Sendable>(_ find: (String) -> Answer?) async throws -> Answer {
        try await output.first { output in
            for line in output.lines { if let answer = find(line) { return answer } }
            if let status = output.status {
                throw Failure(description: "\(name) ended with \(status) before the awaited line:\n\(log.suffix(3000))")
            }
            return nil
        }
    }

    /// The log once it holds `text`. Throws when the process ends before.
    func log(with text: String) async throws -> String {
        while true {
            try Task.checkCancellation()
            let wasRunning = isRunning
            let now = log
            if now.contains(text) { return now }
            guard wasRunning else { throw Failure(description: "\(name) ended before it said '\(text)':\n\(now.suffix(3000))") }
            try await Pause.beforeAskingAgain()
        }
    }

    /// The exit status, or minus the signal that ended it; waits for the end.
    func ended() async throws -> Int32 { try await output.first { $0.status } }

    var isRunning: Bool { output.value.status == nil }

    /// Nothing when it has ended already: its number may be another's by then.
    func signal(_ number: Int32) {
        let now = output.value
        if now.status == nil, now.pid > 0 { Glibc.kill(now.pid, number) }
    }

    /// SIGKILL, and waits until it is gone.
    func kill() async throws {
        signal(SIGKILL)
        _ = try await ended()
    }

    /// SIGTERM, and waits for the exit status.
    func terminate() async throws -> Int32 {
        signal(SIGTERM)
        return try await ended()
    }
}

enum CStrings {
    /// Lends the texts as C has them: a list of strings that a null ends.
    static func with<Result>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return (copies.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { list in
            withExtendedLifetime(copies) {
                guard let base = list.baseAddress else { preconditionFailure("a list with its null is never empty") }
                return body(base)
            }
        }
    }
}
