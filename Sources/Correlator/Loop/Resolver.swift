internal import Core
internal import Events
internal import Kafka

/// Asks what must be known before a partition is read. Blocks: on a thread of its own.
struct Resolver: Sendable {
    let consumer: Consumer
    let members: MemberTable
    let limit: Duration

    func resolve(_ number: Int32, instance: Int, topics: [String]) -> Resolution {
        do throws(KafkaError) {
            try members.catchUp(consumer, within: limit)
            let places = topics.map { TopicPartition($0, number) }
            let begins = try consumer.beginningOffsets(of: places, timeout: limit)
            let ends = try consumer.endOffsets(of: places, timeout: limit)
            return Resolution(
                partition: number, instance: instance, begins: Self.byTopic(begins), ends: Self.byTopic(ends), lastOwner: members.owner(of: number)?.node,
                error: nil)
        } catch {
            OwnThread.pause(milliseconds: 200)
            return Resolution(partition: number, instance: instance, begins: [:], ends: [:], lastOwner: nil, error: error)
        }
    }

    private static func byTopic(_ places: [TopicPartitionOffset]) -> [String: Int64] {
        Dictionary(places.map { ($0.topic, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }
}
