internal import Core
internal import Telemetry

/// The policies of the operations that the catalogue knows; the others have the standard one.
final class Policies: Sendable {
    private let policies: Locked<[String: Policy]>

    init(_ policies: [String: Policy]) { self.policies = Locked(policies) }

    func replace(_ new: [String: Policy]) { policies.withLock { $0 = new } }

    func policy(of operation: String) -> Policy { policies.withLock { $0[operation] } ?? .standard }
}
