internal import CRdKafka

extension ClientHandle {
    /// Asks a broker; `topic` nil: for all topics. Blocks.
    func metadata(of topic: String?, within limit: Duration) throws(KafkaError) -> ClusterMetadata {
        let local = topic.flatMap { rd_kafka_topic_new(pointer, $0, nil) }
        defer { if let local { rd_kafka_topic_destroy(local) } }
        if topic != nil, local == nil {
            throw KafkaError(.unknownTopic, .reject, in: "metadata", "'\(topic ?? "")' cannot be a topic's name")
        }
        var result: UnsafePointer<rd_kafka_metadata>?
        try check("metadata", rd_kafka_metadata(pointer, topic == nil ? 1 : 0, local, &result, limit.milliseconds))
        guard let result else { throw KafkaError(.timedOut, .retry, in: "metadata", "no answer") }
        defer { rd_kafka_metadata_destroy(result) }
        return ClusterMetadata(copying: result.pointee)
    }
}

extension ClusterMetadata {
    init(copying metadata: rd_kafka_metadata) {
        brokers = (0..<Int(metadata.broker_cnt)).map { index in
            let broker = metadata.brokers[index]
            return Broker(id: broker.id, host: String(cString: broker.host), port: broker.port)
        }
        topics = (0..<Int(metadata.topic_cnt)).map { index in
            let topic = metadata.topics[index]
            let partitions = (0..<Int(topic.partition_cnt)).map { index in
                let partition = topic.partitions[index]
                return PartitionState(
                    id: partition.id, leader: partition.leader,
                    replicas: (0..<Int(partition.replica_cnt)).map { partition.replicas[$0] },
                    inSync: (0..<Int(partition.isr_cnt)).map { partition.isrs[$0] })
            }
            let name = String(cString: topic.topic)
            return TopicState(
                name: name, partitions: partitions.sorted { $0.id < $1.id },
                error: topic.err == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(topic.err, in: "metadata", detail: name))
        }
    }
}
