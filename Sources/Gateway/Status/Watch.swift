import Telemetry

/// The watch of one held answer, ended by whichever end comes first.
final class Watch: Sendable {
    private struct State {
        var observation: (any JobObservation)?
        var isCancelled = false
    }

    private let state = Locked(State())

    func set(_ observation: any JobObservation) {
        let isLate = state.withLock { state in
            if !state.isCancelled { state.observation = observation }
            return state.isCancelled
        }
        if isLate { observation.cancel() }
    }

    func cancel() {
        let observation = state.withLock { state in
            state.isCancelled = true
            defer { state.observation = nil }
            return state.observation
        }
        observation?.cancel()
    }
}
