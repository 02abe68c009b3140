/// The bounds of every decode; each is an error of its own name when reached (`AvroError.Code`). Safe for bytes from outside by default.
///
/// Always on, and no number here: lengths are bounded by the bytes left, varints by ten bytes and their type's range, booleans are 0 or 1,
/// strings are valid UTF-8, declared block sizes must be true, nothing may follow the datum.
@frozen
public struct DecodingLimits: Sendable, Hashable {
    /// Array items and map entries in all.
    public var itemsMax: Int
    /// Blocks of arrays and maps in all.
    public var blocksMax: Int
    /// Items that take no byte (nulls, empty records) in all.
    public var zeroSizeItemsMax: Int
    /// Levels of nesting: recursive records, arrays and maps.
    public var depthMax: Int
    /// Bytes of memory a decode may build; nil: the coder's own default, a multiple of the input (128 × + 1 MiB for generic values,
    /// 16 ×, at least 64 KiB, for typed coding).
    public var memoryMax: Int?

    /// Limits; what is left out has its default.
    @inlinable
    public init(
        itemsMax: Int = 1_000_000, blocksMax: Int = 1_000_000, zeroSizeItemsMax: Int = 16_384, depthMax: Int = 64, memoryMax: Int? = nil
    ) {
        self.itemsMax = itemsMax
        self.blocksMax = blocksMax
        self.zeroSizeItemsMax = zeroSizeItemsMax
        self.depthMax = depthMax
        self.memoryMax = memoryMax
    }

    /// The defaults.
    @inlinable public static var standard: DecodingLimits { DecodingLimits() }
}
