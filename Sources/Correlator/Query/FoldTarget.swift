/// What a wait for the fold waits for.
public enum FoldTarget: Sendable, Equatable {
    /// A record of a topic of requests (its full name): the place that the acknowledgement of a request carries.
    case request(topic: String, partition: Int32, offset: Int64)
    /// The ends that all topics of the partition have now. Askers of one partition share one look at them.
    case end(partition: Int32)

    /// The partition's number.
    public var partition: Int32 {
        switch self {
        case .request(_, let partition, _), .end(let partition): partition
        }
    }
}
