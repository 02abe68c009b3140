internal import CRdKafka

/// The one owner of a `rd_kafka_topic_partition_list_t`: a single leaked list makes `rd_kafka_destroy` hang (docs/kafka.md).
struct PartitionList: ~Copyable {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(_ partitions: [TopicPartition]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(partitions.count))
        for each in partitions { rd_kafka_topic_partition_list_add(pointer, each.topic, each.partition) }
    }

    init(_ places: [TopicPartitionOffset]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(places.count))
        for each in places { rd_kafka_topic_partition_list_add(pointer, each.topic, each.partition).pointee.offset = each.offset }
    }

    /// Takes over a list that C handed out.
    init(consuming pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) { self.pointer = pointer }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    var places: [TopicPartitionOffset] { Self.places(of: pointer) }
    var partitions: [TopicPartition] { Self.places(of: pointer).map(\.topicPartition) }

    /// The first error that C wrote beside a partition.
    var fault: (place: TopicPartitionOffset, error: rd_kafka_resp_err_t)? { Self.fault(of: pointer) }

    /// The first error in a list that stays C's own.
    static func fault(
        of list: UnsafePointer<rd_kafka_topic_partition_list_t>?
    ) -> (place: TopicPartitionOffset, error: rd_kafka_resp_err_t)? {
        guard let list else { return nil }
        for index in 0..<Int(list.pointee.cnt) {
            let element = list.pointee.elems[index]
            if element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
                return (TopicPartitionOffset(String(cString: element.topic), element.partition, element.offset), element.err)
            }
        }
        return nil
    }

    /// Reads a list that stays C's own.
    static func places(of list: UnsafePointer<rd_kafka_topic_partition_list_t>?) -> [TopicPartitionOffset] {
        guard let list else { return [] }
        return (0..<Int(list.pointee.cnt)).map { index in
            let element = list.pointee.elems[index]
            return TopicPartitionOffset(String(cString: element.topic), element.partition, element.offset)
        }
    }
}
