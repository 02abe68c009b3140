import Avro
import Core
import Events
import Kafka

/// What `POST /requests/{operation}` needs of one operation, made once.
struct OperationEndpoint: Sendable {
    let operation: Operation
    let topic: Topic

    init(_ operation: Operation, topic: Topic) {
        self.operation = operation
        self.topic = topic
    }

    /// Refuses an `application/avro` body that is not one whole datum of the operation's current request schema.
    func check(avro body: [UInt8]) throws(Problem) {
        do {
            _ = try operation.requestToJSON.json(body)
        } catch {
            throw Problem(422, "Request does not fit its schema", "The body is not one datum of the current request schema: \(error)")
        }
    }
}
