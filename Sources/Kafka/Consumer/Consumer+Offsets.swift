internal import CRdKafka
internal import Telemetry

extension Consumer {
    /// The bounds as of the last fetch, without a round trip; nil before the first one. The low one is known only after a query.
    public func cachedWatermarks(of partition: TopicPartition) -> Watermarks? {
        var low: Int64 = 0
        var high: Int64 = 0
        guard
            rd_kafka_get_watermark_offsets(handle.pointer, partition.topic, partition.partition, &low, &high) == RD_KAFKA_RESP_ERR_NO_ERROR,
            high >= 0
        else { return nil }
        return Watermarks(low: low, high: high)
    }

    /// Asks the partition's leader for its bounds. Blocks: for a thread of the caller's own.
    public func watermarks(of partition: TopicPartition, within limit: Duration = .seconds(10)) throws(KafkaError) -> Watermarks {
        var low: Int64 = 0
        var high: Int64 = 0
        try check(
            "watermarks",
            rd_kafka_query_watermark_offsets(handle.pointer, partition.topic, partition.partition, &low, &high, limit.milliseconds))
        return Watermarks(low: low, high: high)
    }

    /// The ends of many partitions in one round trip for each leader. Blocks: for a thread of the caller's own.
    ///
    /// librdkafka 2.0.2 has no ListOffsets in its admin interface; its search by time passes -1 and -2 through to the same request, where
    /// they mean the end and the beginning.
    public func endOffsets(of partitions: [TopicPartition], timeout: Duration) throws(KafkaError) -> [TopicPartitionOffset] {
        try offsets(partitions.map { TopicPartitionOffset($0, TopicPartitionOffset.end) }, timeout)
    }

    /// The first offsets of many partitions, as `endOffsets`.
    public func beginningOffsets(of partitions: [TopicPartition], timeout: Duration) throws(KafkaError) -> [TopicPartitionOffset] {
        try offsets(partitions.map { TopicPartitionOffset($0, TopicPartitionOffset.beginning) }, timeout)
    }

    /// For each partition the first offset whose timestamp (milliseconds since 1970, in `offset`) is not below; the end where there is none.
    public func offsets(forTimes times: [TopicPartitionOffset], timeout: Duration) throws(KafkaError) -> [TopicPartitionOffset] {
        try offsets(times, timeout)
    }

    private func offsets(_ places: [TopicPartitionOffset], _ timeout: Duration) throws(KafkaError) -> [TopicPartitionOffset] {
        guard !places.isEmpty else { return [] }
        let list = PartitionList(places)
        try check("list offsets", rd_kafka_offsets_for_times(handle.pointer, list.pointer, timeout.milliseconds))
        if let fault = list.fault { throw KafkaError(fault.error, in: "list offsets", detail: fault.place.topicPartition.description) }
        return list.places
    }

    /// `endOffsets(of:timeout:)` for async code.
    public func endOffsets(of partitions: [TopicPartition], within limit: Duration = .seconds(10)) async throws(KafkaError)
        -> [TopicPartitionOffset]
    {
        try await OwnThread.blocking("kafka-ends") { () throws(KafkaError) in try self.endOffsets(of: partitions, timeout: limit) }
    }

    /// What the group committed; `TopicPartitionOffset.none` where nothing is. Blocks: for a thread of the caller's own, also inside of
    /// `RebalanceHandler.assigned`.
    public func committed(of partitions: [TopicPartition], timeout: Duration = .seconds(10)) throws(KafkaError) -> [TopicPartitionOffset] {
        guard !partitions.isEmpty else { return [] }
        let list = PartitionList(partitions)
        try check("committed", rd_kafka_committed(handle.pointer, list.pointer, timeout.milliseconds))
        if let fault = list.fault { throw KafkaError(fault.error, in: "committed", detail: fault.place.topicPartition.description) }
        return list.places
    }

    /// The offset after the last record that `poll` handed out, for each partition; `none` before the first one.
    public func positions(of partitions: [TopicPartition]) throws(KafkaError) -> [TopicPartitionOffset] {
        let list = PartitionList(partitions)
        try check("positions", rd_kafka_position(handle.pointer, list.pointer))
        return list.places
    }

    /// Records between the position and the end as of the last fetch, without a round trip; nil where either is not known.
    public func lag(of partition: TopicPartition) -> Int64? {
        guard let high = cachedWatermarks(of: partition)?.high, let place = try? positions(of: [partition]).first, place.offset >= 0 else {
            return nil
        }
        return max(0, high - place.offset)
    }

    /// What the consumer has done lately, for readiness: the library's own watchdog is content with any poll.
    public var progress: ConsumerProgress { watch.progress }

    /// The watchdog: true when nobody polled for longer than `limit`, or when a partition has records to read, as of the last fetch, and none
    /// was read for so long (also where partitions are paused). No round trip; may be called from any thread.
    public func isStalled(for limit: Duration) -> Bool {
        progress.isStalled(for: limit, isBehind: assignment.contains { lag(of: $0) ?? 0 > 0 }, now: .now)
    }
}
