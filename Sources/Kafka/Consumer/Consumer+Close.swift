internal import CRdKafka
internal import Synchronization
internal import Telemetry

extension Consumer {
    /// As `close(within:)`, for a thread of the caller's own. A poll in progress returns at once.
    @discardableResult
    public func closeBlocking(within limit: Duration) -> Bool {
        guard !closing.exchange(true, ordering: .acquiringAndReleasing) else { return handle.destroy(within: limit) }
        let deadline = ContinuousClock.now + limit
        let feeding = feed.withLock { feed in
            defer { feed = nil }
            return feed
        }
        feeding?.close()
        rd_kafka_queue_yield(queue)  // a poll in progress returns at once; one that is about to begin, too
        _ = polling.wait(until: deadline)
        waitForRefill()
        // `rd_kafka_consumer_close` can hang or crash when the coordinator is down (docs/kafka.md): close by a queue, with a deadline.
        let own = rd_kafka_queue_new(handle.pointer)
        if let error = rd_kafka_consumer_close_queue(handle.pointer, own) { rd_kafka_error_destroy(error) }
        while rd_kafka_consumer_closed(handle.pointer) == 0, ContinuousClock.now < deadline {
            if let event = rd_kafka_queue_poll(own, 20) { serve(event) }
        }
        let closed = rd_kafka_consumer_closed(handle.pointer) != 0
        if closed {
            membership.queues.empty()
        } else {
            context.logger?.warning("the consumer did not leave its group in time; it is left behind")
        }
        commits.failAll(KafkaError(.closed, .fatal, in: "commit", "the consumer was closed"))
        rd_kafka_queue_destroy(own)
        let left = deadline - .now
        let destroyed = handle.destroy(within: left > .zero ? left : .milliseconds(50), closingConsumer: false)
        return closed && destroyed
    }

    /// What the library still wants to say while it closes. By events, for `rd_kafka_queue_poll_callback` asserts on the first record that
    /// was fetched ahead.
    private func serve(_ event: OpaquePointer) {
        defer { rd_kafka_event_destroy(event) }
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_REBALANCE:
            let list = rd_kafka_event_topic_partition_list(event)
            membership.rebalance(handle.pointer, rd_kafka_event_error(event), list)
        case RD_KAFKA_EVENT_OFFSET_COMMIT:
            guard let opaque = rd_kafka_event_opaque(event) else { return }
            let ticket = Unmanaged<Commits.Ticket>.fromOpaque(opaque).takeRetainedValue()
            ticket.commits.answered(ticket.number, rd_kafka_event_error(event), rd_kafka_event_topic_partition_list(event))
        default: break
        }
    }
}
