internal import Core
internal import Events
internal import Kafka
internal import Telemetry

/// Asks what must be known before a partition is read. Blocks: on a thread of its own.
struct Resolver: Sendable {
    let consumer: Consumer
    let members: MemberTable
    let limit: Duration

    func resolve(_ asked: [(number: Int32, instance: Int)], topics: [String]) -> [Resolution] {
        do throws(KafkaError) {
            try members.catchUp(consumer, within: limit)
            let places = asked.flatMap { number, _ in topics.map { TopicPartition($0, number) } }
            let begins = Self.byPartition(try consumer.beginningOffsets(of: places, timeout: limit))
            let ends = Self.byPartition(try consumer.endOffsets(of: places, timeout: limit))
            return asked.map { number, instance in
                Resolution(
                    partition: number, instance: instance, begins: begins[number] ?? [:], ends: ends[number] ?? [:],
                    lastOwner: members.owner(of: number)?.node, error: nil)
            }
        } catch {
            OwnThread.sleep(.milliseconds(200))
            return asked.map { number, instance in
                Resolution(partition: number, instance: instance, begins: [:], ends: [:], lastOwner: nil, error: error)
            }
        }
    }

    private static func byPartition(_ places: [TopicPartitionOffset]) -> [Int32: [String: Int64]] {
        var found: [Int32: [String: Int64]] = [:]
        for place in places { found[place.partition, default: [:]][place.topic] = place.offset }
        return found
    }
}
