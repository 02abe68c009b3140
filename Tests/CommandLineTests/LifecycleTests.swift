import CommandLine
import Glibc
import Synchronization
import Testing

/// Writes down what is asked of it.
private final class Diary: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

private struct Part: Service {
    struct Refused: Error {}

    let name: String
    let diary: Diary
    var startFails = false
    var startHangs = false
    var endsEarly = false
    var stopHangs = false

    func start() async throws {
        diary.add("start \(name)")
        if startFails { throw Refused() }
        if startHangs { await forever() }
    }
    func run() async throws {
        if endsEarly { return }
        await forever()
    }
    func stop(within limit: Duration) async throws {
        diary.add("stop \(name)")
        if stopHangs { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
    }

    /// Until the task is cancelled.
    private func forever() async {
        for await _ in AsyncStream<Void>.makeStream().stream {}
    }
}

@Suite(.timeLimit(.minutes(4))) struct LifecycleTests {
    private let diary = Diary()

    private func run(_ services: [any Service], stopLimit: Duration = .seconds(8), signals: [Int32]) async -> Int32 {
        let (stream, feed) = AsyncStream<Int32>.makeStream()
        let lifecycle = Lifecycle(
            services: services, stopLimit: stopLimit,
            ready: { [diary] in
                diary.add("ready")
                for number in signals { feed.yield(number) }
            }, report: { _ in })
        return await lifecycle.run(until: stream)
    }

    @Test func startsInOrderAndStopsInReverse() async {
        let status = await run([Part(name: "a", diary: diary), Part(name: "b", diary: diary)], signals: [SIGHUP, SIGTERM])
        #expect(status == 0)
        #expect(diary.all == ["start a", "start b", "ready", "stop b", "stop a"])
    }

    @Test func aFailedStartStopsThoseThatRun() async {
        let status = await run(
            [Part(name: "a", diary: diary), Part(name: "b", diary: diary, startFails: true), Part(name: "c", diary: diary)], signals: [])
        #expect(status == 1)
        #expect(diary.all == ["start a", "start b", "stop a"])
    }

    @Test func anEarlyEndStopsAll() async {
        let status = await run([Part(name: "a", diary: diary), Part(name: "b", diary: diary, endsEarly: true)], signals: [])
        #expect(status == 1)
        #expect(diary.all.suffix(2) == ["stop b", "stop a"])
    }

    /// One that hangs is left behind; the others are stopped all the same, within one limit.
    @Test func aStopThatHangsIsLeftBehind() async {
        let status = await run(
            [Part(name: "a", diary: diary), Part(name: "b", diary: diary, stopHangs: true), Part(name: "c", diary: diary)],
            stopLimit: .milliseconds(300), signals: [SIGTERM])
        #expect(status == 1)
        #expect(diary.all.suffix(3) == ["stop c", "stop b", "stop a"])
    }

    @Test func aSignalDuringAStartEndsIt() async {
        let (stream, feed) = AsyncStream<Int32>.makeStream()
        feed.yield(SIGINT)
        let lifecycle = Lifecycle(
            services: [Part(name: "a", diary: diary, startHangs: true), Part(name: "b", diary: diary)], stopLimit: .seconds(3),
            ready: { [diary] in diary.add("ready") }, report: { _ in })
        #expect(await lifecycle.run(until: stream) == 0)
        #expect(!diary.all.contains("ready"))
        #expect(!diary.all.contains("start b"))
    }

    @Test func aSecondSignalEndsAtOnce() async {
        await #expect(processExitsWith: .exitCode(143)) {
            let (stream, feed) = AsyncStream<Int32>.makeStream()
            let lifecycle = Lifecycle(
                services: [Part(name: "a", diary: Diary(), stopHangs: true)], stopLimit: .seconds(50),
                ready: { for _ in 0..<2 { feed.yield(SIGTERM) } }, report: { _ in })
            _ = await lifecycle.run(until: stream)
        }
    }

    @Test func withinDoesNotTakeACancelledWaitForSuccess() async {
        let wait = Task {
            try await within(.seconds(50), "a wait") {
                for await _ in AsyncStream<Void>.makeStream().stream {}; throw Part.Refused()
            }
        }
        wait.cancel()
        await #expect(throws: (any Error).self) { try await wait.value }
    }
}
