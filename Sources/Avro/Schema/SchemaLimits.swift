/// What a schema's text may cost. The defaults suit schemas that come from outside.
public struct SchemaLimits: Sendable, Hashable {
    /// The length of the text.
    public var bytesMax = 1 << 20
    /// How deep types may nest (a named reference nests no deeper).
    public var depthMax = 64
    /// How many types and fields there may be in all.
    public var nodesMax = 50_000
    /// The encoded size of all defaults together: a record's default may repeat those of its fields, which can grow without bound.
    public var defaultBytesMax = 1 << 20

    /// The defaults.
    public init() {}
}
