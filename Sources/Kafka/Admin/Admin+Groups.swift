internal import CRdKafka
internal import Glibc
internal import Telemetry

extension Admin {
    /// Every consumer group of the cluster. A broker that does not answer is an error: a list with holes would lie.
    public func groups(within limit: Duration = .seconds(10)) async throws(KafkaError) -> [ConsumerGroup] {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            try self.perform("list groups", RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, within: limit) { queue, options in
                rd_kafka_ListConsumerGroups(self.handle.pointer, options, queue)
            } read: { (event) throws(KafkaError) in
                let result = rd_kafka_event_ListConsumerGroups_result(event)
                var count = 0
                let errors = rd_kafka_ListConsumerGroups_result_errors(result, &count)
                if count > 0, let error = errors?[0] {  // the result's own, destroyed with it
                    throw KafkaError(rd_kafka_error_code(error), in: "list groups", detail: String(cString: rd_kafka_error_string(error)))
                }
                let groups = rd_kafka_ListConsumerGroups_result_valid(result, &count)
                return (0..<count).compactMap { index in
                    guard let group = groups?[index] else { return nil }
                    return ConsumerGroup(
                        name: String(cString: rd_kafka_ConsumerGroupListing_group_id(group)),
                        state: String(cString: rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupListing_state(group))),
                        isSimple: rd_kafka_ConsumerGroupListing_is_simple_consumer_group(group) != 0)
                }
            }
        }
    }

    /// Groups with their members.
    public func describeGroups(
        _ names: [String], within limit: Duration = .seconds(10)
    ) async throws(KafkaError) -> [ConsumerGroupDescription] {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            guard !names.isEmpty else { return [] }
            let words = names.map { strdup($0) }
            defer { for word in words { free(word) } }
            return try self.perform("describe groups", RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, within: limit) { queue, options in
                var list = words.map { UnsafePointer<CChar>($0) }
                rd_kafka_DescribeConsumerGroups(self.handle.pointer, &list, list.count, options, queue)
            } read: { event in
                var count = 0
                let groups = rd_kafka_DescribeConsumerGroups_result_groups(rd_kafka_event_DescribeConsumerGroups_result(event), &count)
                return (0..<count).compactMap { groups?[$0].map { Self.description(of: $0) } }
            }
        }
    }

    private static func description(of group: OpaquePointer) -> ConsumerGroupDescription {
        let members = (0..<rd_kafka_ConsumerGroupDescription_member_count(group)).compactMap {
            rd_kafka_ConsumerGroupDescription_member(group, $0).map { member in
                let assignment = rd_kafka_MemberDescription_assignment(member).flatMap { rd_kafka_MemberAssignment_partitions($0) }
                return ConsumerGroupDescription.Member(
                    id: String(cString: rd_kafka_MemberDescription_consumer_id(member)),
                    instance: rd_kafka_MemberDescription_group_instance_id(member).map { String(cString: $0) },
                    clientID: String(cString: rd_kafka_MemberDescription_client_id(member)),
                    host: String(cString: rd_kafka_MemberDescription_host(member)),
                    partitions: PartitionList.places(of: assignment).map(\.topicPartition))
            }
        }
        let error = rd_kafka_ConsumerGroupDescription_error(group)
        return ConsumerGroupDescription(
            name: String(cString: rd_kafka_ConsumerGroupDescription_group_id(group)),
            state: String(cString: rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupDescription_state(group))),
            assignor: rd_kafka_ConsumerGroupDescription_partition_assignor(group).map { String(cString: $0) } ?? "", members: members,
            error: error.flatMap {
                let code = rd_kafka_error_code($0)
                return code == RD_KAFKA_RESP_ERR_NO_ERROR
                    ? nil : KafkaError(code, in: "describe groups", detail: String(cString: rd_kafka_error_string($0)))
            })
    }

    /// Deletes groups that have no members. The answer has an error for each that is still there.
    public func deleteGroups(_ names: [String], within limit: Duration = .seconds(10)) async throws(KafkaError) -> [String: KafkaError?] {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            guard !names.isEmpty else { return [:] }
            var requests: [OpaquePointer?] = names.map { rd_kafka_DeleteGroup_new($0) }
            defer { for request in requests { rd_kafka_DeleteGroup_destroy(request) } }
            return try self.perform("delete groups", RD_KAFKA_ADMIN_OP_DELETEGROUPS, within: limit) { queue, options in
                rd_kafka_DeleteGroups(self.handle.pointer, &requests, requests.count, options, queue)
            } read: { event in
                var count = 0
                let results = rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(event), &count)
                var answer: [String: KafkaError?] = [:]
                for index in 0..<count {
                    guard let result = results?[index], let name = rd_kafka_group_result_name(result) else { continue }
                    answer[String(cString: name)] = .some(Self.error(of: result, "delete groups"))
                }
                return answer
            }
        }
    }

    /// What a group has committed; nil: every partition that it has committed.
    public func offsets(
        ofGroup group: String, partitions: [TopicPartition]? = nil, within limit: Duration = .seconds(10)
    ) async throws(KafkaError) -> [TopicPartitionOffset] {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            let list = PartitionList(partitions ?? [])
            let request = rd_kafka_ListConsumerGroupOffsets_new(group, partitions == nil ? nil : list.pointer)
            defer { rd_kafka_ListConsumerGroupOffsets_destroy(request) }
            return try self.perform("group offsets", RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, within: limit) { queue, options in
                var requests = [request]
                rd_kafka_ListConsumerGroupOffsets(self.handle.pointer, &requests, 1, options, queue)
            } read: { (event) throws(KafkaError) in
                var count = 0
                let results = rd_kafka_ListConsumerGroupOffsets_result_groups(
                    rd_kafka_event_ListConsumerGroupOffsets_result(event), &count)
                return try Self.places(results, count, "group offsets")
            }
        }
    }

    /// Sets what a group without members has committed.
    public func setOffsets(
        ofGroup group: String, to places: [TopicPartitionOffset], within limit: Duration = .seconds(10)
    ) async throws(KafkaError) {
        try await OwnThread.blocking("kafka-admin") { () throws(KafkaError) in
            guard !places.isEmpty else { return }
            let list = PartitionList(places)
            let request = rd_kafka_AlterConsumerGroupOffsets_new(group, list.pointer)
            defer { rd_kafka_AlterConsumerGroupOffsets_destroy(request) }
            _ = try self.perform("set group offsets", RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, within: limit) { queue, options in
                var requests = [request]
                rd_kafka_AlterConsumerGroupOffsets(self.handle.pointer, &requests, 1, options, queue)
            } read: { (event) throws(KafkaError) in
                var count = 0
                let results = rd_kafka_AlterConsumerGroupOffsets_result_groups(
                    rd_kafka_event_AlterConsumerGroupOffsets_result(event), &count)
                return try Self.places(results, count, "set group offsets")
            }
        }
    }

    private static func places(
        _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, _ operation: StaticString
    ) throws(KafkaError) -> [TopicPartitionOffset] {
        guard count == 1, let result = results?[0] else { throw KafkaError(.timedOut, .retry, in: operation, "no answer for the group") }
        if let error = error(of: result, operation) { throw error }
        let list = rd_kafka_group_result_partitions(result)
        if let fault = PartitionList.fault(of: list) {
            throw KafkaError(fault.error, in: operation, detail: fault.place.topicPartition.description)
        }
        return PartitionList.places(of: list)
    }

    private static func error(of result: OpaquePointer, _ operation: StaticString) -> KafkaError? {
        guard let error = rd_kafka_group_result_error(result) else { return nil }  // the result's own, destroyed with it
        let code = rd_kafka_error_code(error)
        if code == RD_KAFKA_RESP_ERR_NO_ERROR { return nil }
        return KafkaError(code, in: operation, detail: String(cString: rd_kafka_error_string(error)))
    }
}
