/// What librdkafka knows of itself (its STATISTICS.md), as of one moment.
public struct Statistics: Sendable {
    /// The document as the library wrote it, JSON in UTF-8.
    public let json: [UInt8]

    init(json: [UInt8]) { self.json = json }
}
