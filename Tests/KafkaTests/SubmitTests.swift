import Kafka
import KafkaTesting
import Testing

@Suite("records whose outcome is awaited later", .timeLimit(.minutes(4)))
struct SubmitTests {
    @Test func areWrittenInTheOrderOfTheCallsAndAwaitedInAny() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            try await producer.warm(topics: ["t"])
            var pending: [PendingDelivery] = []
            for index in 0..<1000 { pending.append(try await producer.submit(Record(topic: "t", value: [UInt8(index & 255)]))) }
            for index in (0..<1000).reversed() { #expect(try await pending[index].delivery.offset == Int64(index)) }
            #expect(pending[7].outcomeIfKnown == .some(await pending[7].outcome))
            #expect(producer.outstanding == 0)
            await producer.close(within: .seconds(5))
        }
    }

    @Test func tellSeveralTasksAndAreSentWhenNobodyAsks() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            try await producer.warm(topics: ["t"])
            try cluster.setRoundTrip(.milliseconds(200), broker: 1)
            _ = try await producer.submit(Record(topic: "t", value: [1]))
            let second = try await producer.submit(Record(topic: "t", value: [2]))
            #expect(second.outcomeIfKnown == nil)
            let offsets = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<5 { group.addTask { try await second.delivery.offset } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(offsets == [1, 1, 1, 1, 1])
            await producer.close(within: .seconds(5))
        }
    }

    @Test func waitForRoomUpToTheLimitOrCancellation() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let impatient = try await ProducerTests.narrow(cluster, roomWait: .milliseconds(100))
            let patient = try await ProducerTests.narrow(cluster, roomWait: .seconds(50))
            try cluster.setRoundTrip(.seconds(1), broker: 1)
            for _ in 0..<10 { _ = try await impatient.submit(Record(topic: "t", value: [1])) }
            let full = await #expect(throws: KafkaError.self) { try await impatient.submit(Record(topic: "t", value: [1])) }
            #expect(full?.code == .queueFull && full?.notSent == true)

            let task = Task {
                var pending: [PendingDelivery] = []
                while true {
                    do throws(KafkaError) {
                        pending.append(try await patient.submit(Record(topic: "t", value: [1])))
                    } catch {
                        return (pending, error)
                    }
                }
            }
            while patient.outstanding < 10 { await Task.yield() }
            task.cancel()
            let (pending, cancelled) = await task.value
            #expect(cancelled.code == .cancelled && cancelled.notSent)
            for record in pending { _ = try await record.delivery }
            try cluster.setRoundTrip(.zero, broker: 1)
            // With room again the next one is taken after a wait.
            var all: [PendingDelivery] = []
            for _ in 0..<100 { all.append(try await patient.submit(Record(topic: "t", value: [1]))) }
            for record in all { _ = try await record.delivery }
            for producer in [impatient, patient] { await producer.close(within: .seconds(5)) }
        }
    }

    @Test func endWithTheProducerOrAreRefusedByName() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            try await producer.warm(topics: ["t"])
            let large = await #expect(throws: KafkaError.self) {
                try await producer.submit(Record(topic: "t", value: Array(repeating: 0, count: 2_000_000)))
            }
            #expect(large?.code == .tooLarge && large?.notSent == true)
            try cluster.takeDown(broker: 1)
            let left = try await producer.submit(Record(topic: "t", value: [1]))
            #expect(await producer.close(within: .milliseconds(200)) == false)
            let error = await #expect(throws: KafkaError.self) { try await left.delivery }
            #expect(error?.notSent == true || error?.code == .closed)
            let closed = await #expect(throws: KafkaError.self) { try await producer.submit(Record(topic: "t", value: [1])) }
            #expect(closed?.code == .closed)
        }
    }
}
