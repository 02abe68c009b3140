import Core
import Kafka

import Telemetry

/// What the group gives and takes, told on the polling thread.
extension OperationRunner: RebalanceHandler {
    func assigned(_ partitions: [TopicPartition]) -> [TopicPartitionOffset] {
        // Before the first request of these partitions is taken, so that no command for its take is missed.
        commands.cover(partitions.map(\.partition))
        state.withLock { state in
            state.epoch += 1
            for partition in partitions { state.assigned[partition.partition] = RunnerState.Assigned(epoch: state.epoch) }
            state.hasBeenAssigned = true
        }
        logger.info("partitions assigned", ["count": partitions.count])
        return places(partitions)
    }

    func revoked(_ partitions: [TopicPartition]) {
        let numbers = partitions.map(\.partition)
        // What waits is the next owner's; what runs stays ours, its heartbeats go on.
        state.withLock { state in
            for partition in numbers { state.waiting.remove(partition) }
            if state.waiting.isEmpty { state.waitingBytes = 0 }
        }
        settleStarts(within: .milliseconds(200))
        let offsets = positions(of: numbers)
        if !offsets.isEmpty {
            do throws(KafkaError) {
                try consumer.commitAndWait(offsets, within: .seconds(2))
            } catch {
                logger.notice("offsets were not committed before the partitions went: \(error)")
            }
        }
        state.withLock { $0.revoke(numbers) }
    }

    func lost(_ partitions: [TopicPartition]) {
        state.withLock { $0.revoke(partitions.map(\.partition)) }
    }

    /// The committed offset of each partition, else the start of the log. One outside of the log (retention has overtaken us, the topic was
    /// made anew) begins at the start too: that is said loudly and is safe, since what is started twice counts once.
    private func places(_ partitions: [TopicPartition]) -> [TopicPartitionOffset] {
        guard !partitions.isEmpty else { return [] }
        do throws(KafkaError) {
            let committed = try consumer.committed(of: partitions)
            let known = committed.filter { $0.offset >= 0 }.map(\.topicPartition)
            guard !known.isEmpty else { return partitions.map { TopicPartitionOffset($0, TopicPartitionOffset.beginning) } }
            var (first, end): ([TopicPartition: Int64], [TopicPartition: Int64]) = ([:], [:])
            for place in try consumer.beginningOffsets(of: known, timeout: .seconds(5)) { first[place.topicPartition] = place.offset }
            for place in try consumer.endOffsets(of: known, timeout: .seconds(5)) { end[place.topicPartition] = place.offset }
            return committed.map { place in
                guard place.offset >= 0 else { return TopicPartitionOffset(place.topicPartition, TopicPartitionOffset.beginning) }
                guard place.offset < first[place.topicPartition] ?? 0 || place.offset > end[place.topicPartition] ?? .max else {
                    return place
                }
                logger.error(
                    "the committed offset lies outside of the log: its start is read",
                    ["partition": place.partition, "committed": place.offset, "first": first[place.topicPartition] ?? -1])
                return TopicPartitionOffset(place.topicPartition, TopicPartitionOffset.beginning)
            }
        } catch {
            logger.warning("offsets could not be resolved, the library asks for them itself: \(error)")
            return partitions.map { TopicPartitionOffset($0, TopicPartitionOffset.committed) }
        }
    }
}
