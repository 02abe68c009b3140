import Avro
import CommandLine
import Telemetry

/// Shows how a job goes on: one line that is drawn again on a terminal, a line a change elsewhere.
final class ProgressBar: Sendable {
    private struct State {
        var last = ""
        var isDrawn = false
    }

    private let state = Locked(State())
    private let terminal: Terminal

    init(_ terminal: Terminal) { self.terminal = terminal }

    func show(_ job: JSONValue) {
        let status = job["status"]?.string ?? ""
        let fraction = status == "COMPLETED" ? 1 : job["progress"]?["fraction"]?.double
        let text = JobTable.progress(job)
        let attempt = (job["attempt"]?.integer ?? 0) > 1 ? " (attempt \(job["attempt"]?.integer ?? 0))" : ""
        let line: String
        if terminal.isTerminal {
            let width = 24
            let filled = Int(((fraction ?? 0) * Double(width)).rounded())
            let bar =
                String(repeating: "█", count: min(max(filled, 0), width))
                + String(repeating: "░", count: width - min(max(filled, 0), width))
            line = String("\(bar) \(status)\(attempt) \(text)".prefix(max(terminal.width - 1, 20)))
        } else {
            line = "\(status)\(attempt)\(text.isEmpty ? "" : " " + text)"
        }
        let isNew = state.withLock { state in
            guard state.last != line else { return false }
            state.last = line
            state.isDrawn = true
            return true
        }
        guard isNew else { return }
        terminal.write(terminal.isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
    }

    /// Leaves the line, so that what follows begins on its own.
    func end() {
        if terminal.isTerminal, state.withLock({ $0.isDrawn }) { terminal.write("\n") }
    }
}
