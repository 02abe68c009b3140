import Kafka
import KafkaBound
import Synchronization

/// One way to do the work.
enum Row: String, CaseIterable {
    case boundProduce = "produce, C"
    case enqueue = "produce, enqueue and observer"
    case batches = "produce, send(batch) of 1,000"
    case submitted = "produce, single sends awaited later"
    case tasks = "produce, 2,000 tasks that each await a send"
    case boundConsume = "consume, C"
    case poll = "consume, poll(into:)"
    case sequence = "consume, batches"

    var bound: Row {
        switch self {
        case .boundProduce, .enqueue, .batches, .submitted, .tasks: .boundProduce
        case .boundConsume, .poll, .sequence: .boundConsume
        }
    }

    struct Failed: Error { let row: String }

    /// Seconds.
    func run(_ kafka: KafkaConfiguration, _ topic: String, _ count: Int) async throws -> Double {
        switch self {
        case .boundProduce:
            let seconds = kafka_bound_produce(kafka.bootstrapServers, topic, count, Int32(KafkaBenchmark.bytes))
            guard seconds > 0 else { throw Failed(row: rawValue) }
            return seconds
        case .boundConsume:
            var bytes = 0
            let seconds = kafka_bound_consume(kafka.bootstrapServers, topic, Int32(KafkaBenchmark.partitions), count, &bytes)
            guard seconds > 0 else { throw Failed(row: rawValue) }
            return seconds
        case .enqueue: return try await Self.enqueue(kafka, topic, count)
        case .batches: return try await Self.batches(kafka, topic, count)
        case .submitted: return try await Self.submitted(kafka, topic, count)
        case .tasks: return try await Self.tasks(kafka, topic, count)
        case .poll: return try await Self.poll(kafka, topic, count)
        case .sequence: return try await Self.sequence(kafka, topic, count)
        }
    }

    final class Count: DeliveryObserver {
        let delivered = Atomic<Int>(0)
        let failed = Atomic<Int>(0)
        func delivered(_ reports: [DeliveryReport]) {
            for report in reports { if case .failed = report.outcome { failed.add(1, ordering: .relaxed) } }
            delivered.add(reports.count, ordering: .releasing)
        }
    }

    private static func key(_ index: Int, _ key: inout [UInt8]) {
        var left = index
        for place in stride(from: 35, through: 0, by: -1) {
            key[place] = UInt8(48 + left % 10)
            left /= 10
        }
    }

    private static func enqueue(_ kafka: KafkaConfiguration, _ name: String, _ count: Int) async throws -> Double {
        let observer = Count()
        let producer = try Producer(ProducerConfiguration(kafka), observer: observer)
        try await producer.warm(topics: [name])
        let topic = producer.topic(name)
        var key = [UInt8](repeating: 0, count: 36)
        let value = [UInt8](repeating: 0, count: KafkaBenchmark.bytes)
        let begun = ContinuousClock.now
        for index in 0..<count {
            Self.key(index, &key)
            while true {
                do throws(KafkaError) {
                    try producer.enqueue(topic, key: key.span.bytes, value: value.span.bytes, token: UInt64(index))
                    break
                } catch {
                    guard error.code == .queueFull else { throw error }
                    try await Task.sleep(for: .microseconds(200))
                }
            }
        }
        while observer.delivered.load(ordering: .acquiring) < count { try await Task.sleep(for: .microseconds(200)) }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        guard observer.failed.load(ordering: .relaxed) == 0 else { throw Failed(row: "enqueue") }
        await producer.close(within: .seconds(5))
        return seconds
    }

    private static func batches(_ kafka: KafkaConfiguration, _ name: String, _ count: Int) async throws -> Double {
        let producer = try Producer(ProducerConfiguration(kafka))
        try await producer.warm(topics: [name])
        let size = 1000
        var key = [UInt8](repeating: 0, count: 36)
        let value = [UInt8](repeating: 0, count: KafkaBenchmark.bytes)
        let begun = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            var open = 0
            for start in stride(from: 0, to: count, by: size) {
                var records: [Record] = []
                records.reserveCapacity(size)
                for index in start..<min(start + size, count) {
                    Self.key(index, &key)
                    records.append(Record(topic: name, key: key, value: value))
                }
                if open == 20 {
                    try await group.next()
                    open -= 1
                }
                open += 1
                let batch = records
                group.addTask {
                    for outcome in await producer.send(batch) { if case .failed(let error) = outcome { throw error } }
                }
            }
            try await group.waitForAll()
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        await producer.close(within: .seconds(5))
        return seconds
    }

    /// One task that has up to `window` records under way and awaits each, the oldest first.
    private static func submitted(_ kafka: KafkaConfiguration, _ name: String, _ count: Int) async throws -> Double {
        let window = 50_000
        let producer = try Producer(ProducerConfiguration(kafka))
        try await producer.warm(topics: [name])
        var key = [UInt8](repeating: 0, count: 36)
        let value = [UInt8](repeating: 0, count: KafkaBenchmark.bytes)
        var pending: [PendingDelivery?] = Array(repeating: nil, count: window)
        let begun = ContinuousClock.now
        for index in 0..<count + window {
            if let oldest = pending[index % window].take() { _ = try await oldest.delivery }
            guard index < count else { continue }
            Self.key(index, &key)
            pending[index % window] = try await producer.submit(Record(topic: name, key: key, value: value))
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        await producer.close(within: .seconds(5))
        return seconds
    }

    /// 2,000 tasks that each send one record after the other.
    private static func tasks(_ kafka: KafkaConfiguration, _ name: String, _ count: Int) async throws -> Double {
        let producer = try Producer(ProducerConfiguration(kafka))
        try await producer.warm(topics: [name])
        let tasks = 2000
        let begun = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var key = [UInt8](repeating: 0, count: 36)
                    let value = [UInt8](repeating: 0, count: KafkaBenchmark.bytes)
                    for index in stride(from: task, to: count, by: tasks) {
                        Self.key(index, &key)
                        _ = try await producer.send(Record(topic: name, key: key, value: value))
                    }
                }
            }
            try await group.waitForAll()
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        await producer.close(within: .seconds(5))
        return seconds
    }

    private static func reader(_ kafka: KafkaConfiguration, _ topic: String) throws -> Consumer {
        var configuration = ConsumerConfiguration(kafka)
        configuration.prefetchBytes = 64 << 20
        let consumer = try Consumer(configuration)
        try consumer.assign(
            (0..<Int32(KafkaBenchmark.partitions)).map { TopicPartitionOffset(topic, $0, TopicPartitionOffset.beginning) })
        return consumer
    }

    private static func poll(_ kafka: KafkaConfiguration, _ topic: String, _ count: Int) async throws -> Double {
        let consumer = try reader(kafka, topic)
        var batch = ConsumerBatch()
        var begun = ContinuousClock.now
        var seen = 0
        while seen < count {
            try consumer.poll(into: &batch, max: 1000, timeout: .seconds(1))
            if seen == 0 { begun = .now }
            seen += batch.records.count
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        await consumer.close(within: .seconds(5))
        return seconds
    }

    private static func sequence(_ kafka: KafkaConfiguration, _ topic: String, _ count: Int) async throws -> Double {
        let consumer = try reader(kafka, topic)
        var begun = ContinuousClock.now
        var seen = 0
        for try await batch in consumer.batches {
            if seen == 0 { begun = .now }
            seen += batch.records.count
            if seen >= count { break }
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        await consumer.close(within: .seconds(5))
        return seconds
    }
}
