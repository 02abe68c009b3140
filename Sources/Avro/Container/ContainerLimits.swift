/// What a container file may cost to read. Safe for files from outside by default.
public struct ContainerLimits: Sendable, Hashable {
    /// The header: schema, codec and other metadata.
    public var headerBytesMax = 4 << 20
    /// A block as it is in the file.
    public var blockBytesMax = 64 << 20
    /// A block unpacked.
    public var unpackedBytesMax = 256 << 20
    /// Items of a block that take no byte; others are bounded by the block's size.
    public var zeroSizeItemsMax = 1_000_000
    /// A whole file of before Avro 1.3, which is held in memory.
    public var oldFileBytesMax = 64 << 20
    /// The bounds of each datum.
    public var datum = DecodingLimits.standard
    /// What the schema may cost.
    public var schema = SchemaLimits()

    /// The defaults.
    public init() {}
}
