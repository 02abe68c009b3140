import Core

import Telemetry

extension OperationRunner {
    /// A command for a take of ours, or for somebody else's.
    func command(_ record: CommandRecord) {
        switch record.command {
        case .cancel(let reason):
            let takes = state.withLock { state in state.open.values.filter { $0.take.id == record.id }.map(\.take) }
            for take in takes { take.cancel(reason: reason) }
        case .stop(let source, let reason):
            if let take = take(source, record.id) { release(take, reason: reason.isEmpty ? "stopped by the correlator" : reason) }
        case .deliver(let source, let signals):
            take(source, record.id)?.deliver(signals)
        case .signal, .retry:
            break
        }
    }

    private func take(_ source: String, _ id: RequestID) -> Take? {
        state.withLock { state in state.open.values.first { $0.take.id == id && $0.take.source == source }?.take }
    }
}
