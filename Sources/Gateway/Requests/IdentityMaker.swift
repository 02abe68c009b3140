import Core
import Signing
import Telemetry

/// Makes the ids of requests.
final class IdentityMaker: Sendable {
    private struct State {
        var generator = SystemRandomNumberGenerator()
        var sequence: IdentitySequence
    }

    private let state: Locked<State>

    init(partitionCount: Int) {
        let first = Int32.random(in: 0..<Int32(max(1, partitionCount)))
        state = Locked(State(sequence: IdentitySequence(partitionCount: partitionCount, first: first)))
    }

    /// A UUIDv7 of now: ids of one gateway rise.
    func fresh(now: Timestamp) -> RequestID {
        state.withLock { $0.sequence.next(now: now, using: &$0.generator) }
    }

    /// The UUIDv8 of an idempotency key: twins sent to different gateways meet under one id.
    static func derived(tenant: String, operation: String, key: String) throws(SigningError) -> RequestID {
        var text = Array(tenant.utf8)
        for part in [operation, key] {
            text.append(0)
            text += part.utf8
        }
        return try RequestID.v8(hash: SHA256.digest(text))
    }
}
