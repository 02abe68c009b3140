import Core
import Signing
import Telemetry

/// Makes the ids of requests.
struct IdentityMaker: Sendable {
    private struct State {
        var generator = SystemRandomNumberGenerator()
        var last = RequestID(high: 0, low: 0)
    }

    private let state = SharedState()

    private final class SharedState: Sendable {
        let value = Locked(State())
    }

    /// A UUIDv7 of now: ids of one gateway rise.
    func fresh(now: Timestamp) -> RequestID {
        state.value.withLock { state in
            var random = (state.generator.next(), state.generator.next())
            var id = RequestID.v7(milliseconds: now.milliseconds, random: random)
            if id <= state.last, id.high >> 16 == state.last.high >> 16 {
                random.0 = min((state.last.high & 0x0fff) + 1, 0x0fff)
                id = RequestID.v7(milliseconds: now.milliseconds, random: random)
            }
            state.last = id
            return id
        }
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
