import Avro
import Core
import Events
import Glibc
import Kafka
import Telemetry
import Worker

extension Bench {
    func echo(_ count: Int) async throws {
        let topic = producer.topic(names.requests("demo.echo"))
        try await producer.warm(topics: [topic.name])
        var record = try record("demo.echo", #"{"text":"\#(String(repeating: "x", count: 100))"}"#)
        var writer = AvroWriter()
        for index in 0..<count {
            record.id = RequestID.v7(
                milliseconds: record.createdAt.milliseconds, random: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
            while true {
                do throws(KafkaError) {
                    writer.removeAll()
                    writer.writeRequest(record)
                    let key = record.id.textBytes
                    try producer.enqueue(
                        topic, partition: Core.partition(of: record.id, count: Self.partitions), key: key.span.bytes, value: writer.span,
                        token: UInt64(index))
                    break
                } catch {
                    guard error.code == .queueFull else { throw error }
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
        }
        while producer.outstanding > 0 { try await Task.sleep(for: .milliseconds(10)) }
        let metrics = Metrics()
        let worker = try worker(metrics)
        let counter = metrics.counter("worker_takes_ended_total", help: "", labels: [("operation", "demo.echo"), ("outcome", "completed")])
        try await worker.start()
        while counter.value == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let (begun, spent, before) = (ContinuousClock.now, Self.processor, counter.value)
        while counter.value < count { try await Task.sleep(for: .milliseconds(1)) }
        let (wall, processor) = (ContinuousClock.now - begun, Self.processor - spent)
        let done = Double(count - before)
        print(
            "echo: \(count) requests, \(Int(done / (wall / .seconds(1)))) a second, \(processor / .microseconds(1) / done) µs of processor each,",
            "\(processor / wall) processors, \(Self.anonymous) MB anonymous")
        await worker.stop()
    }

    func latency(_ count: Int) async throws {
        let worker = try worker()
        try await worker.start()
        let topic = producer.topic(names.requests("demo.echo"))
        try await producer.warm(topics: [topic.name])
        let consumer = try Consumer(ConsumerConfiguration(kafka))
        try consumer.assign(
            (0..<Int32(Self.partitions)).map { TopicPartitionOffset(names.responses("demo.echo"), $0, TopicPartitionOffset.beginning) })
        let times = try await latencies(count, topic, consumer)
        let sorted = times.sorted()
        print(
            "latency: one at a time, p50 \(sorted[sorted.count / 2] / .milliseconds(1)) ms, p99 \(sorted[sorted.count * 99 / 100] / .milliseconds(1)) ms"
        )
        _ = await consumer.close(within: .seconds(1))
        await worker.stop()
    }

    private func latencies(_ count: Int, _ topic: Topic, _ consumer: Consumer) async throws -> [Duration] {
        let record = try record("demo.echo", #"{"text":"hello"}"#)
        return try await withCheckedThrowingContinuation { continuation in
            do {
                try OwnThread("latency") {
                    continuation.resume(with: Result { try self.loop(count, topic, consumer, record) })
                }.detach()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    private func loop(_ count: Int, _ topic: Topic, _ consumer: Consumer, _ record: RequestRecord) throws -> [Duration] {
        var (record, batch, times) = (record, ConsumerBatch(), [Duration]())
        var writer = AvroWriter()
        for index in 0..<count + 200 {
            record.id = RequestID(high: record.id.high, low: record.id.low &+ 1)
            let begun = ContinuousClock.now
            try send(record, topic, &writer)
            var isDone = false
            while !isDone {
                try consumer.poll(into: &batch, max: 10, timeout: .seconds(1))
                for answer in batch.records {
                    guard let value = answer.value else { continue }
                    let view = try ResponseView(batch.bytes.span.bytes.extracting(value))
                    if case .completed = view.event, view.id == record.id { isDone = true }
                }
            }
            if index >= 200 { times.append(ContinuousClock.now - begun) }
        }
        return times
    }

    func report(rows: Int) async throws {
        var template = Array("/tmp/worker-bench-XXXXXX".utf8CString)
        guard let folder = mkdtemp(&template).map({ String(cString: $0) }) else { throw Trouble(text: "no folder") }
        guard let file = fopen(folder + "/table.csv", "w") else { throw Trouble(text: "no file") }
        fputs("id,city,amount,quantity,note,when\n", file)
        let cities = ["Rome", "Oslo", "\"Rio, BR\"", "Bern", "Lima", "Kyiv"]
        for row in 0..<rows {
            fputs(
                "\(row),\(cities[row % 6]),\(Double(row % 9_973) / 100),\(row % 17),note number \(row % 1_000),2026-01-\(row % 28 + 1)T12:00:00Z\n",
                file)
        }
        let bytes = ftell(file)
        fclose(file)
        let metrics = Metrics()
        let worker = try worker(metrics, folder: folder)
        try await worker.start()
        let counter = metrics.counter(
            "worker_takes_ended_total", help: "", labels: [("operation", "reports.generate"), ("outcome", "completed")])
        let topic = producer.topic(names.requests("reports.generate"))
        try await producer.warm(topics: [topic.name])
        let (begun, spent, memory) = (ContinuousClock.now, Self.processor, Self.anonymous)
        var writer = AvroWriter()
        var most = memory
        try send(try record("reports.generate", #"{"source":"table.csv","groupBy":"city"}"#), topic, &writer)
        while counter.value == 0 {
            try await Task.sleep(for: .milliseconds(10))
            most = max(most, Self.anonymous)
        }
        print(
            "report: \(rows) rows, \(bytes / 1_000_000) MB in \((ContinuousClock.now - begun) / .seconds(1)) s,",
            "\((Self.processor - spent) / .seconds(1)) s of processor, anonymous memory \(memory) MB before, at most \(most) MB")
        await worker.stop()
    }
}
