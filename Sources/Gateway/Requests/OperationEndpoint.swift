import Avro
import Core
import Events
import Kafka

/// What `POST /requests/{operation}` needs of one operation, made once.
struct OperationEndpoint: Sendable {
    let operation: Operation
    let topic: Topic
    let encoder: JSONToAvro
    private let checker: AvroToJSON

    init(_ operation: Operation, topic: Topic) {
        self.operation = operation
        self.topic = topic
        encoder = JSONToAvro(operation.request)
        checker = AvroToJSON(operation.request)
    }

    /// An `application/avro` body, when it is one whole datum of the operation's current request schema.
    func checked(avro body: [UInt8]) throws(Problem) -> [UInt8] {
        do {
            _ = try checker.json(body)
            return body
        } catch {
            throw Problem(422, "Request does not fit its schema", "The body is not one datum of the current request schema: \(error)")
        }
    }
}
