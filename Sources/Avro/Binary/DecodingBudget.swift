/// What is left of the limits while a datum is read.
@frozen @usableFromInline
struct DecodingBudget {
    @usableFromInline let limits: DecodingLimits
    @usableFromInline var items: Int
    @usableFromInline var blocks: Int
    @usableFromInline var zeroSizeItems: Int
    @usableFromInline var depth: Int
    @usableFromInline var inputTooLong: Bool

    @inlinable @inline(__always)
    init(_ limits: DecodingLimits) {
        self.limits = limits
        items = limits.itemsMax
        blocks = limits.blocksMax
        zeroSizeItems = limits.zeroSizeItemsMax
        depth = limits.depthMax
        inputTooLong = false
    }
}
