/// A topic to create.
public struct NewTopic: Sendable {
    /// Its name.
    public var name: String
    /// How many partitions.
    public var partitions: Int
    /// How many brokers keep each partition; nil: the broker's default.
    public var replicas: Int?
    /// Topic settings, for example `cleanup.policy`.
    public var configuration: [String: String]

    /// A topic to create.
    public init(_ name: String, partitions: Int, replicas: Int? = nil, configuration: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.replicas = replicas
        self.configuration = configuration
    }
}
