import Avro
import Core
import Events
import Kafka
import Synchronization

import Telemetry

/// The thread for what is due by time: heartbeats, held progress, starts without acknowledgement. It waits for no handler, so that a lease
/// is not lost because handlers keep every thread of Swift's pool busy.
final class WorkerClock: Sendable {
    private let runners: [OperationRunner]
    private let outlet: Outlet
    private let topic: Topic
    private let interval: Duration
    private let stops = Atomic<Bool>(false)

    init(_ runners: [OperationRunner], outlet: Outlet, topic: Topic) {
        self.runners = runners
        self.outlet = outlet
        self.topic = topic
        interval = (runners.map(\.operation.policy.lease).min() ?? .seconds(10)) / 3
    }

    func start() throws(WorkerError) {
        try WorkerThread.start("work-clock") { self.loop() }
    }

    func stop() { stops.store(true, ordering: .releasing) }

    private func loop() {
        var due = ContinuousClock.now
        var last: [Set<Int32>] = []
        var writer = AvroWriter(capacity: 256)
        while !stops.load(ordering: .acquiring) {
            let now = ContinuousClock.now
            for runner in runners { runner.tick(now: now) }
            let beats = runners.map { $0.heartbeats() }
            let partitions = beats.map { Set($0.holds.keys) }
            // At once for partitions that are new, so that a worker is known to be there.
            if now >= due || partitions != last {
                due = now + interval
                last = partitions
                for (runner, beat) in zip(runners, beats) { send(beat.holds, beat.free, runner.operation.name, &writer) }
            }
            OwnThread.sleep(.milliseconds(50))
        }
    }

    private func send(_ holds: [Int32: Int], _ free: Int, _ operation: String, _ writer: inout AvroWriter) {
        let key = Array(outlet.name.utf8)
        for (partition, count) in holds {
            writer.removeAll()
            writer.writeHeartbeat(
                HeartbeatRecord(
                    worker: outlet.name, time: WallClock.now, partition: partition, operation: operation, holds: count, slots: free))
            do throws(KafkaError) {
                try outlet.producer.enqueue(topic, partition: partition, key: key.span.bytes, value: writer.span, token: 0)
            } catch {
                // The next one is due soon.
                outlet.logger.debug("a heartbeat was not taken: \(error)")
            }
        }
    }
}
