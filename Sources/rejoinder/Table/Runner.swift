import CommandLine
import Telemetry

/// Runs a command's body and turns what it throws into a line on standard error and an exit status: 1 failed, 2 wrong use.
enum Runner {
    static func run(_ arguments: Arguments, _ body: (Settings) async throws -> Int32) async -> Int32 {
        do {
            return try await body(try Settings(arguments))
        } catch let error as UsageError {
            Terminal.error.write(error.text + "\n")
            return 2
        } catch {
            Terminal.error.write("rejoinder: \(error)\n")
            return 1
        }
    }

    /// The signals of this process; used by one command, once.
    static var signals: AsyncStream<Int32> { SignalStream.current ?? AsyncStream { $0.finish() } }
}
