/// What became of a record.
public enum DeliveryOutcome: Sendable, Equatable {
    /// All in-sync replicas have it. `timestamp` is in milliseconds since 1970. `offset` is below zero in the rare case that the library
    /// knows it from a later acknowledgement only: its own was lost, and the broker knew the repetition by its sequence number.
    case delivered(partition: Int32, offset: Int64, timestamp: Int64)
    /// It was not acknowledged. `error.notSent` says whether it certainly never left this process.
    indirect case failed(KafkaError)  // indirect: an outcome is small, and copying a success counts no reference

    var delivery: Delivery {
        get throws(KafkaError) {
            switch self {
            case .delivered(let partition, let offset, let timestamp):
                return Delivery(partition: partition, offset: offset, timestamp: timestamp)
            case .failed(let error): throw error
            }
        }
    }
}
