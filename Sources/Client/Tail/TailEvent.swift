public import Avro

/// One record of the topics, decoded.
public struct TailEvent: Sendable {
    public let topic: String
    public let partition: Int32
    public let offset: Int64
    /// Of the record, in milliseconds since 1970.
    public let timestamp: Int64
    /// The request's id; empty when the record could not be decoded.
    public let requestID: String
    /// The event's name: `Request`, `Started`, `Cancel`, …; `Unreadable` for a record that could not be decoded.
    public let type: String
    /// What the event says, field by field.
    public let fields: [(name: String, value: JSONValue)]
}
