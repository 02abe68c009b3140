import Kafka
import KafkaTesting
import Testing

/// What `KafkaTesting` promises to users' tests beside the faults that the other suites inject.
@Suite(.timeLimit(.minutes(1)))
struct MockClusterTests {
    struct Failed: Error {}

    @Test func aScopeEndsItsBrokersHoweverItsBodyEnds() async throws {
        var kafka: KafkaConfiguration?
        await #expect(throws: Failed.self) {
            try await MockCluster.with(brokers: 2) { cluster in
                kafka = cluster.configuration
                let admin = try Admin(cluster.configuration)
                #expect(try await admin.metadata().brokers.map(\.id) == [1, 2])
                await admin.close()
                throw Failed()
            }
        }
        let admin = try Admin(try #require(kafka))
        let error = await #expect(throws: KafkaError.self) { try await admin.metadata(within: .milliseconds(300)) }
        #expect(error?.disposition == .retry, "\(error as Any)")
        await admin.close()
    }

    @Test func errorsThatWereNotGivenYetAreTakenBack() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            cluster.push([.outOfOrderSequence], to: .produce)
            cluster.clearErrors(of: .produce)
            #expect(try await producer.send(Record(topic: "t", value: [1])).offset == 0)
            #expect(producer.generations == 1)
            await producer.close(within: .seconds(5))
        }
    }
}
