internal import CRdKafka
internal import Telemetry

extension Admin {
    /// Creates topics and waits for them. The answer has an error for each that was not made (`topicExists` for one that there was), nil for
    /// each that was.
    public func createTopics(_ topics: [NewTopic], within limit: Duration = .seconds(30)) async throws(KafkaError) -> [String: KafkaError?]
    {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in try self.create(topics, within: limit) }
    }

    private func create(_ topics: [NewTopic], within limit: Duration) throws(KafkaError) -> [String: KafkaError?] {
        guard !topics.isEmpty else { return [:] }
        var requests: [OpaquePointer?] = []
        defer { for request in requests { rd_kafka_NewTopic_destroy(request) } }
        for topic in topics {
            var reason = [CChar](repeating: 0, count: 512)
            guard
                let request = rd_kafka_NewTopic_new(
                    topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replicas ?? -1), &reason, reason.count)
            else { throw KafkaError(.configuration, .reject, in: "create topics", "\(topic.name): \(ClientHandle.text(reason))") }
            requests.append(request)
            for (key, value) in topic.configuration { rd_kafka_NewTopic_set_config(request, key, value) }
        }
        return try perform("create topics", RD_KAFKA_ADMIN_OP_CREATETOPICS, within: limit) { queue, options in
            var reason = [CChar](repeating: 0, count: 512)
            _ = rd_kafka_AdminOptions_set_operation_timeout(options, limit.milliseconds, &reason, reason.count)
            rd_kafka_CreateTopics(handle.pointer, &requests, requests.count, options, queue)
        } read: { event in
            var count = 0
            let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
            return Self.topicResults(results, count, "create topics")
        }
    }

    /// Deletes topics.
    public func deleteTopics(_ names: [String], within limit: Duration = .seconds(30)) async throws(KafkaError) -> [String: KafkaError?] {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            guard !names.isEmpty else { return [:] }
            var requests: [OpaquePointer?] = names.map { rd_kafka_DeleteTopic_new($0) }
            defer { for request in requests { rd_kafka_DeleteTopic_destroy(request) } }
            return try self.perform("delete topics", RD_KAFKA_ADMIN_OP_DELETETOPICS, within: limit) { queue, options in
                var reason = [CChar](repeating: 0, count: 512)
                _ = rd_kafka_AdminOptions_set_operation_timeout(options, limit.milliseconds, &reason, reason.count)
                rd_kafka_DeleteTopics(self.handle.pointer, &requests, requests.count, options, queue)
            } read: { event in
                var count = 0
                let results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count)
                return Self.topicResults(results, count, "delete topics")
            }
        }
    }

    /// Raises the number of partitions to `total`. Rejoinder's own topics must never be changed so: their partition is a hash.
    public func addPartitions(
        _ topic: String, total: Int, within limit: Duration = .seconds(30)
    ) async throws(KafkaError) {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            var reason = [CChar](repeating: 0, count: 512)
            guard let request = rd_kafka_NewPartitions_new(topic, total, &reason, reason.count) else {
                throw KafkaError(.configuration, .reject, in: "add partitions", ClientHandle.text(reason))
            }
            defer { rd_kafka_NewPartitions_destroy(request) }
            let result = try self.perform("add partitions", RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, within: limit) { queue, options in
                var requests: [OpaquePointer?] = [request]
                rd_kafka_CreatePartitions(self.handle.pointer, &requests, 1, options, queue)
            } read: { event in
                var count = 0
                let results = rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event), &count)
                return Self.topicResults(results, count, "add partitions")
            }
            if let error = result[topic] ?? nil { throw error }
        }
    }
}
