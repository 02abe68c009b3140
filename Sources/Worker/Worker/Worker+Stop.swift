import Kafka

import Telemetry

extension Worker {
    /// Takes nothing more, leaves the groups, gives running handlers most of the time (5 of 8 s), hands back what they cannot finish, and
    /// waits for Kafka's acknowledgements. True when all was acknowledged. The whole takes no longer than `limit`.
    @discardableResult
    public func stop(within limit: Duration = .seconds(8)) async -> Bool {
        let deadline = ContinuousClock.now + limit
        let (parts, waiter) = state.withLock { state in
            defer { state.waiter = nil }
            state.isStopping = true
            return (state.parts, state.waiter)
        }
        waiter?.resume()
        guard let parts else { return true }
        for runner in parts.runners { runner.drain() }
        parts.commands.stop()
        let drained = ContinuousClock.now + limit * configuration.drainEighths / 8
        while parts.runners.contains(where: { $0.openCount > 0 }), ContinuousClock.now < drained {
            try? await Task.sleep(for: .milliseconds(10))
        }
        for runner in parts.runners { runner.releaseAll(reason: "the worker stops") }
        while parts.runners.contains(where: { !$0.hasLeft }), ContinuousClock.now + limit / 8 < deadline {
            try? await Task.sleep(for: .milliseconds(10))
        }
        parts.clock.stop()
        async let table: Bool = parts.schemas.close(within: limit / 8)
        let clean = await parts.producer.close(within: max(deadline - .now - .milliseconds(200), .milliseconds(100)))
        _ = await table
        return clean
    }
}
