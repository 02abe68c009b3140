import Core
import Telemetry

/// What one run of a program has said so far.
final class ProgramSession: Sendable {
    private struct State {
        var last: ProgramLine?
        var fault: HandlerFailure?
    }

    private let context: Context
    private let state = Locked(State())

    init(_ context: Context) { self.context = context }

    /// Takes a line of standard output; false ends the program.
    func take(_ line: ArraySlice<UInt8>) -> Bool {
        do {
            guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return true }
            guard state.withLock({ $0.last }) == nil else { throw Self.fault("a line comes behind its result or error", line) }
            let parsed: ProgramLine
            do throws(JSONScanner.Fault) {
                parsed = try ProgramLine(line)
            } catch {
                throw Self.fault(error.detail, line)
            }
            switch parsed {
            case .progress(let progress): context.progress(progress)
            case .part(let json): try context.part(.json(json))
            case .checkpoint(let json): try context.checkpoint(json)
            case .result, .error: state.withLock { $0.last = parsed }
            }
            return true
        } catch {
            let fault = error as? HandlerFailure ?? HandlerFailure(code: "program-output", message: "\(error)", retryable: true)
            state.withLock { $0.fault = fault }
            return false
        }
    }

    private static func fault(_ detail: String, _ line: ArraySlice<UInt8>) -> HandlerFailure {
        let shown = String(decoding: line.prefix(200), as: UTF8.self)
        return HandlerFailure(
            code: "program-output", message: "the program wrote a line that is not understood (\(detail)): \(shown)", retryable: true)
    }

    /// The answer, once the program has ended.
    func answer(_ end: ProgramEnd) throws(HandlerFailure) -> Answer {
        let (last, fault) = state.withLock { ($0.last, $0.fault) }
        if var fault {
            if !end.complaint.isEmpty { fault.message += "; standard error ends: \(end.complaint)" }
            throw fault
        }
        guard end.status >= 0 else {
            throw HandlerFailure(code: "program-killed", message: "the program did not end by itself: \(end.text)", retryable: true)
        }
        switch last {
        case .result(let json): return .json(json)
        case .error(let failure):
            throw HandlerFailure(code: failure.code, message: failure.message, retryable: failure.retryable, details: failure.details)
        default:
            throw HandlerFailure(code: "program-ended", message: "the program gave no result: \(end.text)", retryable: true)
        }
    }
}
