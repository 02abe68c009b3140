/// A topic of one `Producer`: a small handle that saves the lookup by name for every record.
public struct Topic: Sendable, Hashable {
    /// The topic's name.
    public let name: String
    let index: Int
    let owner: ObjectIdentifier
}
