import Telemetry

/// Where a gateway is in its life, as `/readyz` says it.
final class ServingPhase: Sendable {
    enum Phase {
        case starting, ready, stopping
    }

    private let phase = Locked(Phase.starting)

    func set(_ new: Phase) { phase.withLock { $0 = new } }

    var notReadyReason: String? {
        switch phase.withLock({ $0 }) {
        case .starting: "the node is starting"
        case .ready: nil
        case .stopping: "the node is stopping"
        }
    }
}
