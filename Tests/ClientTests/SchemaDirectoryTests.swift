import Avro
import Client
import Events
import Kafka
import KafkaTesting
import Telemetry
import Testing

/// The topic of schemas on the mock cluster.
@Suite(.timeLimit(.minutes(1))) struct SchemaDirectoryTests {
    static let names = TopicNames(prefix: "t.")

    static func with(_ body: (KafkaConfiguration, SchemaDirectory) async throws -> Void) async throws {
        let cluster = try MockCluster()
        try cluster.createTopic(names.schemas, partitions: 1)
        let directory = try SchemaDirectory(cluster.configuration, catalogue: Catalogue(), names: names, logger: .none)
        do {
            try await body(cluster.configuration, directory)
            await directory.close()
            cluster.stop()
        } catch {
            await directory.close()
            cluster.stop()
            throw error
        }
    }

    @Test func whatIsRegisteredHasBeenReadBackAndIsReadByOthers() async throws {
        try await Self.with { kafka, directory in
            let text = #"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int", "doc": "said"}]}"#
            let schema = try Schema(parsing: text)
            let new = SchemaRegistration(subject: "orders-value", schema: RegisteredSchema(schema, id: schema.identifier, text: text))
            try await directory.register(new)
            #expect(directory.book.versions(of: "orders-value") == [schema.identifier])
            // Again is no fault, and no second version.
            try await directory.register(new)
            #expect(directory.book.versions(of: "orders-value") == [schema.identifier])
            let other = try SchemaDirectory(kafka, catalogue: Catalogue(), names: Self.names, logger: .none)
            try await other.ready()
            let call = RegistryRequest(method: "GET", path: ["subjects", "orders-value", "versions", "1", "schema"])
            guard case .reply(let response) = other.book.registry.handle(call) else {
                throw AvroError(.registry, operation: "test", detail: "no reply")
            }
            #expect(String(decoding: response.body, as: UTF8.self) == text)
            await other.close()
        }
    }

    @Test func anIDOfAnotherSchemaIsRefusedBeforeItIsAppended() async throws {
        try await Self.with { _, directory in
            let first = try Schema(parsing: #"{"type":"fixed","name":"F","size":2}"#)
            let second = try Schema(parsing: #"{"type":"fixed","name":"G","size":2}"#)
            try await directory.register(SchemaRegistration(subject: "a-value", schema: RegisteredSchema(first, id: 7)))
            await #expect(throws: SetupError.self) {
                try await directory.register(SchemaRegistration(subject: "a-value", schema: RegisteredSchema(second, id: 7)))
            }
            #expect(directory.book.versions(of: "a-value") == [7])
            #expect(directory.book.registry.schema(id: 7) == first)
        }
    }
}
