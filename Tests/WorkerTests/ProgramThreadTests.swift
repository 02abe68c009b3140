import Glibc
import Telemetry
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(4))) struct ProgramThreadTests {
    /// Collects what a program writes.
    final class Output: Sendable {
        let lines = Locked<[String]>([])
        let complaints = Locked<[String]>([])
    }

    static func launch(
        _ command: [String], input: String = "", grace: Duration = .seconds(5), into output: Output = Output(), stopAt: String? = nil
    ) -> ProgramLaunch {
        ProgramLaunch(
            command: command, environment: [("REJOINDER_TEST", "a b=c")], input: Array(input.utf8), grace: grace,
            line: { line in
                let text = String(decoding: line, as: UTF8.self)
                output.lines.withLock { $0.append(text) }
                return text != stopAt
            },
            complaint: { line in
                let text = String(decoding: line, as: UTF8.self)
                output.complaints.withLock { $0.append(text) }
            })
    }

    @Test func readsWritesAndEnds() async throws {
        let output = Output()
        let end = try await ProgramThread.shared.run(
            Self.launch(
                ["sh", "-c", "cat; echo \"$REJOINDER_TEST\"; echo oops >&2; printf last; exit 3"], input: "one\ntwo\n", into: output))
        #expect(end == ProgramEnd(status: 3, complaint: "oops"))
        #expect(output.lines.withLock { $0 } == ["one", "two", "a b=c", "last"])
        #expect(output.complaints.withLock { $0 } == ["oops"])
    }

    @Test func moreThanAPipeHoldsGoesThroughBothWays() async throws {
        let output = Output()
        let line = String(repeating: "x", count: 100_000)
        let input = (0..<30).map { "\($0) \(line)" }.joined(separator: "\n") + "\n"
        let end = try await ProgramThread.shared.run(Self.launch(["cat"], input: input, into: output))
        #expect(end.status == 0)
        #expect(output.lines.withLock { $0 }.map(\.count) == (0..<30).map { "\($0)".count + 100_001 })
    }

    @Test func aProgramThatDoesNotReadItsInputIsNoFault() async throws {
        let end = try await ProgramThread.shared.run(Self.launch(["true"], input: String(repeating: "x", count: 1 << 20)))
        #expect(end.status == 0)
    }

    @Test func aSignalIsNamed() async throws {
        let end = try await ProgramThread.shared.run(Self.launch(["sh", "-c", "kill -9 $$"]))
        #expect(end.status == -9)
        #expect(end.text.contains("signal 9"))
    }

    @Test func aProgramThatIsNotThereIsAnError() async {
        let error = await #expect(throws: WorkerError.self) {
            try await ProgramThread.shared.run(Self.launch(["/nowhere/at-all"]))
        }
        #expect(error?.code == .program)
        #expect(error?.operation == "start /nowhere/at-all")
    }

    @Test func cancellingTerminatesTheWholeGroup() async throws {
        let output = Output()
        let (started, feed) = AsyncStream<String>.makeStream()
        let launch = ProgramLaunch(
            command: ["sh", "-c", "trap 'echo bye; exit 7' TERM; sleep 1000 & echo $!; wait"], environment: [], input: [],
            grace: .seconds(30),
            line: { line in
                let text = String(decoding: line, as: UTF8.self)
                output.lines.withLock { $0.append(text) }
                feed.yield(text)
                return true
            }, complaint: { _ in })
        let running = Task { try await ProgramThread.shared.run(launch) }
        var first = started.makeAsyncIterator()
        let text = try #require(await first.next())
        let child = try #require(Int32(text))
        running.cancel()
        let end = try await running.value
        #expect(end.status == 7)
        #expect(output.lines.withLock { $0 } == ["\(child)", "bye"])
        await Self.waitUntilGone(child)
    }

    @Test func whatDoesNotEndIsKilledAfterTheGrace() async throws {
        let (started, feed) = AsyncStream<String>.makeStream()
        let launch = ProgramLaunch(
            command: ["sh", "-c", "trap '' TERM; echo $$; while :; do sleep 1; done"], environment: [], input: [],
            grace: .milliseconds(200),
            line: { line in
                feed.yield(String(decoding: line, as: UTF8.self))
                return true
            }, complaint: { _ in })
        let running = Task { try await ProgramThread.shared.run(launch) }
        var first = started.makeAsyncIterator()
        _ = await first.next()
        running.cancel()
        #expect(try await running.value.status == -9)
    }

    @Test func aLineThatEndsItAllTerminatesTheProgram() async throws {
        let end = try await ProgramThread.shared.run(Self.launch(["sh", "-c", "echo stop; sleep 1000"], stopAt: "stop"))
        #expect(end.status == -15)
    }

    @Test func whatAProgramLeavesBehindIsKilledWithIt() async throws {
        let output = Output()
        let end = try await ProgramThread.shared.run(Self.launch(["sh", "-c", "sleep 1000 & echo $!"], into: output))
        #expect(end.status == 0)
        let child = try #require(output.lines.withLock { $0.first }.flatMap(Int32.init))
        await Self.waitUntilGone(child)
    }

    @Test func cancelledBeforeItStartsItDoesNotStart() async {
        let running = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await ProgramThread.shared.run(Self.launch(["sh", "-c", "exit 0"]))
        }
        await #expect(throws: WorkerError.self) { try await running.value }
    }

    /// A signal is delivered some time after kill(2) returned; the suite's time limit is the bound.
    static func waitUntilGone(_ process: Int32) async {
        while !isGone(process) { await Task.yield() }
    }

    /// No such process, or a zombie that its new parent has not buried yet.
    static func isGone(_ process: Int32) -> Bool {
        guard let file = fopen("/proc/\(process)/stat", "r") else { return true }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        guard fgets(&line, 512, file) != nil else { return true }
        return String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).contains(") Z ")
    }
}
