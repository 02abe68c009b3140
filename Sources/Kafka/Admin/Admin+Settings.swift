internal import CRdKafka
internal import Telemetry

extension Admin {
    /// Every setting of a topic.
    public func settings(of topic: String, within limit: Duration = .seconds(10)) async throws(KafkaError) -> [String: TopicSetting] {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in try self.describe(topic, within: limit) }
    }

    private func describe(_ topic: String, within limit: Duration) throws(KafkaError) -> [String: TopicSetting] {
        let resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic)
        defer { rd_kafka_ConfigResource_destroy(resource) }
        return try perform("describe settings", RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, within: limit) { queue, options in
            var resources = [resource]
            rd_kafka_DescribeConfigs(handle.pointer, &resources, 1, options, queue)
        } read: { (event) throws(KafkaError) in
            var count = 0
            let results = rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event), &count)
            guard count == 1, let result = results?[0] else { throw KafkaError(.unknownTopic, .reject, in: "describe settings", topic) }
            try check(result, "describe settings")
            var settings: [String: TopicSetting] = [:]
            let entries = rd_kafka_ConfigResource_configs(result, &count)
            for index in 0..<count {
                guard let entry = entries?[index], let name = rd_kafka_ConfigEntry_name(entry) else { continue }
                settings[String(cString: name)] = TopicSetting(
                    name: String(cString: name), value: rd_kafka_ConfigEntry_value(entry).map { String(cString: $0) },
                    isDefault: rd_kafka_ConfigEntry_is_default(entry) == 1, isReadOnly: rd_kafka_ConfigEntry_is_read_only(entry) == 1)
            }
            return settings
        }
    }

    /// Replaces the settings of a topic: those that are not named fall back to the broker's defaults (librdkafka 2.0.2 has no incremental
    /// change; read them first with `settings(of:)` to keep them).
    public func replaceSettings(
        of topic: String, with settings: [String: String], within limit: Duration = .seconds(10)
    ) async throws(KafkaError) {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            let resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic)
            defer { rd_kafka_ConfigResource_destroy(resource) }
            for (key, value) in settings { rd_kafka_ConfigResource_set_config(resource, key, value) }
            try self.perform("replace settings", RD_KAFKA_ADMIN_OP_ALTERCONFIGS, within: limit) { queue, options in
                var resources = [resource]
                rd_kafka_AlterConfigs(self.handle.pointer, &resources, 1, options, queue)
            } read: { (event) throws(KafkaError) in
                var count = 0
                let results = rd_kafka_AlterConfigs_result_resources(rd_kafka_event_AlterConfigs_result(event), &count)
                for index in 0..<count { if let result = results?[index] { try self.check(result, "replace settings") } }
            }
        }
    }

    private func check(_ resource: OpaquePointer, _ operation: StaticString) throws(KafkaError) {
        let code = rd_kafka_ConfigResource_error(resource)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        throw KafkaError(code, in: operation, detail: rd_kafka_ConfigResource_error_string(resource).map { String(cString: $0) })
    }

    /// Deletes what lies before these offsets (`TopicPartitionOffset.end`: everything). The answer is each log's first offset afterwards.
    public func deleteRecords(
        before offsets: [TopicPartitionOffset], within limit: Duration = .seconds(30)
    ) async throws(KafkaError) -> [TopicPartitionOffset] {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            guard !offsets.isEmpty else { return [] }
            let list = PartitionList(offsets)
            let request = rd_kafka_DeleteRecords_new(list.pointer)
            defer { rd_kafka_DeleteRecords_destroy(request) }
            return try self.perform("delete records", RD_KAFKA_ADMIN_OP_DELETERECORDS, within: limit) { queue, options in
                var requests = [request]
                rd_kafka_DeleteRecords(self.handle.pointer, &requests, 1, options, queue)
            } read: { (event) throws(KafkaError) in
                let result = rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event))
                if let fault = PartitionList.fault(of: result) {
                    throw KafkaError(fault.error, in: "delete records", detail: fault.place.topicPartition.description)
                }
                return PartitionList.places(of: result)
            }
        }
    }

    /// For each partition the first offset whose timestamp (milliseconds since 1970, in `offset`) is not below; the end where there is none.
    /// `TopicPartitionOffset.end` and `.beginning` in place of a time ask for the ends of the log. One round trip for each leader.
    public func offsets(
        forTimes times: [TopicPartitionOffset], within limit: Duration = .seconds(10)
    ) async throws(KafkaError) -> [TopicPartitionOffset] {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            guard !times.isEmpty else { return [] }
            let list = PartitionList(times)
            try Kafka.check("list offsets", rd_kafka_offsets_for_times(self.handle.pointer, list.pointer, limit.milliseconds))
            if let fault = list.fault { throw KafkaError(fault.error, in: "list offsets", detail: fault.place.topicPartition.description) }
            return list.places
        }
    }
}
