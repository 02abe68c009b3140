internal import Telemetry

/// A record that `Producer.submit` has handed over, and whose outcome is awaited later: by nobody, by one task or by several.
///
/// Costs one allocation. Letting go of it takes nothing back: the record is sent all the same.
public final class PendingDelivery: Sendable {
    private enum State {
        case open([UnsafeContinuation<DeliveryOutcome, Never>])
        case done(DeliveryOutcome)
    }
    private let state = Locked(State.open([]))

    init() {}

    /// Where the record lies, once it is acknowledged; throws what became of it otherwise. Suspends until that is known: at the latest
    /// after `deliveryTimeout`, or when the producer closes. Cancellation does not shorten it, for the record is under way.
    public var delivery: Delivery {
        get async throws(KafkaError) { try await outcome.delivery }
    }

    /// The same as a value.
    public var outcome: DeliveryOutcome {
        get async {
            if let outcome = outcomeIfKnown { return outcome }
            return await withUnsafeContinuation { waiter in
                let known: DeliveryOutcome? = state.withLock { state in
                    switch state {
                    case .done(let outcome): return outcome
                    case .open(let waiters):
                        state = .open(waiters + [waiter])
                        return nil
                    }
                }
                if let known { waiter.resume(returning: known) }
            }
        }
    }

    /// The outcome if there is one already; never waits.
    public var outcomeIfKnown: DeliveryOutcome? {
        state.withLock { if case .done(let outcome) = $0 { outcome } else { nil } }
    }

    /// Called once, by the producer.
    func finish(_ outcome: DeliveryOutcome) {
        let waiters: [UnsafeContinuation<DeliveryOutcome, Never>] = state.withLock { state in
            defer { state = .done(outcome) }
            if case .open(let waiters) = state { return waiters }
            return []
        }
        for waiter in waiters { waiter.resume(returning: outcome) }
    }
}
