import Avro
import Core
import Events
import Kafka

import Telemetry

extension Worker {
    /// Connects, reads the schemas, joins the groups; returns when each operation has its first assignment, be it empty.
    public func start(within limit: Duration = .seconds(30)) async throws(WorkerError) {
        let registrations = state.withLock { $0.registrations }
        guard !registrations.isEmpty else {
            throw WorkerError(.configuration, operation: "start worker", detail: "no operation has a handler")
        }
        let deadline = ContinuousClock.now + limit
        do throws(KafkaError) {
            let parts = try await parts(registrations, deadline)
            state.withLock { $0.parts = parts }
            try await begin(parts, deadline)
        } catch {
            throw WorkerError(.kafka, operation: "start worker", detail: error.description)
        }
    }

    private func parts(_ registrations: [Registration], _ deadline: ContinuousClock.Instant) async throws(KafkaError) -> Parts {
        var settings = ProducerConfiguration(configuration.kafka)
        // A record waits for Kafka as long as it must: an answer is not given up, and the order of a take's events stays.
        settings.deliveryTimeout = .seconds(86_400)
        let reports = ReportReader()
        let producer = try Producer(settings, observer: reports)
        let outlet = Outlet(producer: producer, name: configuration.name, logger: configuration.logger)
        let book = book
        let logger = configuration.logger
        let schemas = try CompactedTable(topic: names.schemas, configuration.kafka) { record in
            do throws(AvroError) {
                try record.value.apply { value throws(AvroError) in try book.apply(key: record.key.span.bytes, value: value) }
            } catch {
                logger.error("a schema's record was set aside: \(error)", ["offset": record.offset])
            }
        }
        do {
            let commands = try CommandReader(configuration, book: book)
            let counts = try await partitionCounts(registrations, deadline)
            var runners: [OperationRunner] = []
            for (index, registration) in registrations.enumerated() {
                runners.append(
                    try OperationRunner(
                        index: index, operation: registration.operation, handler: registration.handler,
                        concurrency: registration.concurrency,
                        configuration: configuration, book: book, outlet: outlet, partitions: counts[registration.operation.name] ?? 0,
                        commands: commands, failed: { [weak self] error in self?.fail(error) }))
            }
            let made = runners
            reports.runners.withLock { $0 = made }
            let clock = WorkerClock(runners, outlet: outlet, topic: producer.topic(names.heartbeats))
            return Parts(producer: producer, outlet: outlet, commands: commands, schemas: schemas, runners: runners, clock: clock)
        } catch {
            _ = await schemas.close(within: .seconds(1))
            await producer.close(within: .zero)
            throw error as? KafkaError ?? KafkaError(.configuration, .reject, in: "start worker", "\(error)")
        }
    }

    private func begin(_ parts: Parts, _ deadline: ContinuousClock.Instant) async throws(KafkaError) {
        try await parts.schemas.caughtUp(within: deadline - .now)
        try await registerSchemas(parts)
        try await parts.producer.warm(
            topics: parts.runners.map(\.responses.name) + [names.heartbeats], within: max(deadline - .now, .seconds(1)))
        let runners = parts.runners
        do throws(WorkerError) {
            try parts.commands.start { [weak self] record in self?.dispatch(record, to: runners) }
            for runner in runners { try runner.start() }
            try parts.clock.start()
        } catch {
            throw KafkaError(.configuration, .reject, in: "start worker", error.description)
        }
        while runners.contains(where: { !$0.hasBeenAssigned }) {
            if let failure = state.withLock({ $0.failure }) {
                throw KafkaError(.configuration, .reject, in: "start worker", failure.description)
            }
            guard ContinuousClock.now < deadline, (try? await Task.sleep(for: .milliseconds(10))) != nil else {
                throw KafkaError(.timedOut, .retry, in: "join group", "no assignment came in time")
            }
        }
    }

    /// How many partitions each operation's requests have. All of its topics, and the shared ones, must have as many.
    private func partitionCounts(_ registrations: [Registration], _ deadline: ContinuousClock.Instant) async throws(KafkaError) -> [String:
        Int]
    {
        let admin = try Admin(configuration.kafka)
        do throws(KafkaError) {
            var counts: [String: Int] = [:]
            for registration in registrations {
                let name = registration.operation.name
                counts[name] = try await partitionCount(names.requests(name), admin, deadline)
                for other in [names.responses(name), names.commands, names.heartbeats] {
                    let count = try await partitionCount(other, admin, deadline)
                    guard count == counts[name] else {
                        throw KafkaError(
                            .configuration, .reject, in: "start worker",
                            "\(other) has \(count) partitions, \(names.requests(name)) has \(counts[name] ?? 0): they must be equal, see `rejoinder topics check`"
                        )
                    }
                }
            }
            _ = await admin.close(within: .seconds(1))
            return counts
        } catch {
            _ = await admin.close(within: .seconds(1))
            throw error
        }
    }

    private func partitionCount(_ topic: String, _ admin: Admin, _ deadline: ContinuousClock.Instant) async throws(KafkaError) -> Int {
        // A topic that was made a moment ago is not known to every broker yet.
        let patience = min(deadline, .now + .seconds(3))
        while true {
            let metadata = try await admin.metadata(topic: topic, within: max(deadline - .now, .milliseconds(100)))
            if let count = metadata.topic(topic)?.partitions.count, count > 0 { return count }
            guard ContinuousClock.now < patience, (try? await Task.sleep(for: .milliseconds(50))) != nil else {
                throw KafkaError(
                    .unknownTopic, .reject, in: "start worker", "there is no topic \(topic): make it with `rejoinder topics create`")
            }
        }
    }

    /// Makes known the schemas under which this worker writes, so that others can read them.
    private func registerSchemas(_ parts: Parts) async throws(KafkaError) {
        let handled = Set(parts.runners.flatMap { $0.operation.registrations(names) }.map(\.subject))
        let missing = book.missing(for: catalogue, names: names).filter { handled.contains($0.subject) }
        guard !missing.isEmpty else { return }
        let outcomes = await parts.producer.send(missing.map { Record(topic: names.schemas, partition: 0, key: $0.key, value: $0.value) })
        for case .failed(let error) in outcomes { throw error }
        configuration.logger.info("schemas were registered", ["count": missing.count])
    }
}

extension [UInt8]? {
    /// The bytes as a span, or nil.
    fileprivate func apply(_ body: (RawSpan?) throws(AvroError) -> Void) throws(AvroError) {
        guard let self else { return try body(nil) }
        try body(self.span.bytes)
    }
}
