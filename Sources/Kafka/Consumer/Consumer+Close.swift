internal import CRdKafka
internal import Synchronization
internal import Telemetry

extension Consumer {
    /// As `close(within:)`, for a thread of the caller's own. A poll in progress ends within its own time-out or 100 ms.
    @discardableResult
    public func closeBlocking(within limit: Duration) -> Bool {
        guard !closing.exchange(true, ordering: .acquiringAndReleasing) else { return handle.destroy(within: limit) }
        let deadline = ContinuousClock.now + limit
        let feeding = feed.withLock { feed in
            defer { feed = nil }
            return feed
        }
        feeding?.close()
        rd_kafka_queue_yield(queue)
        while !pollState.withLock({ $0 != nil }) {
            if ContinuousClock.now >= deadline { break }
            rd_kafka_queue_yield(queue)
            OwnThread.sleep(.milliseconds(5))
        }
        // `rd_kafka_consumer_close` can hang or crash when the coordinator is down (4-facts.md): close by a queue, with a deadline.
        let own = rd_kafka_queue_new(handle.pointer)
        if let error = rd_kafka_consumer_close_queue(handle.pointer, own) { rd_kafka_error_destroy(error) }
        while rd_kafka_consumer_closed(handle.pointer) == 0, ContinuousClock.now < deadline {
            rd_kafka_queue_poll_callback(own, 20)
        }
        let closed = rd_kafka_consumer_closed(handle.pointer) != 0
        if !closed { context.logger?.warning("the consumer did not leave its group in time; it is left behind") }
        commits.failAll(KafkaError(.closed, .fatal, in: "commit", "the consumer was closed"))
        rd_kafka_queue_destroy(own)
        let left = deadline - .now
        let destroyed = handle.destroy(within: left > .zero ? left : .milliseconds(50), closingConsumer: false)
        return closed && destroyed
    }
}
