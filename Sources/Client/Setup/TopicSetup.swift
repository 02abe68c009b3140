public import Events
public import Kafka

/// Makes and looks at the topics of a prefix through Kafka's admin interface.
public struct TopicSetup: Sendable {
    /// What `create` did.
    public struct Report: Sendable {
        public let created: [String]
        public let existing: [String]
    }

    private let kafka: KafkaConfiguration

    public init(_ kafka: KafkaConfiguration) { self.kafka = kafka }

    /// Makes the topics of the plan that are not there yet; those that are must have the plan's partitions.
    public func create(_ plan: TopicPlan) async throws -> Report {
        let admin = try Admin(kafka)
        do {
            let report = try await create(plan, admin)
            await admin.close()
            return report
        } catch {
            await admin.close()
            throw error
        }
    }

    private func create(_ plan: TopicPlan, _ admin: Admin) async throws -> Report {
        var created: [String] = []
        var existing: [String] = []
        for (name, error) in try await admin.createTopics(plan.topics).sorted(by: { $0.key < $1.key }) {
            switch error {
            case nil: created.append(name)
            case let error? where error.code == .topicExists: existing.append(name)
            case let error?: throw SetupError("the topic \(name) cannot be created: \(error.detail)")
            }
        }
        let metadata = try await admin.metadata()
        for topic in plan.topics where existing.contains(topic.name) {
            guard let found = metadata.topic(topic.name), found.error == nil, found.partitions.count != topic.partitions else { continue }
            throw SetupError(
                "the topic \(topic.name) has \(found.partitions.count) partitions and must have \(topic.partitions): the number is fixed for a prefix, because "
                    + "a request's partition is a hash. Give --partitions \(found.partitions.count), or choose another --prefix.")
        }
        return Report(created: created, existing: existing)
    }

    /// The number of partitions that all topics of the prefix have.
    ///
    /// Throws what is missing or differs, with what to do about it.
    public func partitions(catalogue: Catalogue, names: TopicNames) async throws -> Int {
        let admin = try Admin(kafka)
        let metadata: ClusterMetadata
        do {
            metadata = try await admin.metadata()
            await admin.close()
        } catch {
            await admin.close()
            throw error
        }
        func count(_ name: String) -> Int? { metadata.topic(name).flatMap { $0.error == nil ? $0.partitions.count : nil } }
        guard let partitions = count(names.commands) else {
            throw SetupError(
                "the topic \(names.commands) is not there. Run 'rejoinder topics create' with the same --prefix and --schemas first.")
        }
        let perOperation = catalogue.operations.flatMap { [names.requests($0.name), names.responses($0.name), names.deadLetters($0.name)] }
        for name in [names.heartbeats, names.jobs] + perOperation {
            guard let found = count(name) else {
                throw SetupError("the topic \(name) is not there. Run 'rejoinder topics create' with the same --prefix and --schemas.")
            }
            guard found == partitions else {
                throw SetupError(
                    "the topic \(name) has \(found) partitions, \(names.commands) has \(partitions): all topics of a prefix must have the same number."
                )
            }
        }
        for name in [names.members, names.schemas] {
            guard let found = count(name) else { throw SetupError("the topic \(name) is not there. Run 'rejoinder topics create' first.") }
            guard found == 1 else { throw SetupError("the topic \(name) has \(found) partitions and must have one.") }
        }
        return partitions
    }
}
