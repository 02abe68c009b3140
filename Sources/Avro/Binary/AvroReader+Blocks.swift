/// Where a reader is in the blocks of an array or map.
@frozen
public struct BlockCursor: Sendable {
    /// Items left in the current block.
    @usableFromInline var items: Int
    /// The offset at which the current block must end, -1 when it did not say.
    @usableFromInline var blockEnd: Int
    /// The least number of bytes that an item takes; 0: an item may take none.
    @usableFromInline let itemBytesMin: Int

    /// Before the first block. `itemBytesMin`: the least number of bytes an item can take by its schema (an entry of a map: at least 1).
    @inlinable
    public init(itemBytesMin: Int) {
        items = 0
        blockEnd = -1
        self.itemBytesMin = itemBytesMin
    }
}

extension AvroReader {
    /// Whether another item follows; reads block headers as they come, and takes each block from the budgets before any item is read.
    /// Loop: `var blocks = BlockCursor(itemBytesMin: 1); while try reader.next(&blocks) { … read one item … }`. Depth is the caller's.
    @inlinable @inline(__always)
    public mutating func next(_ blocks: inout BlockCursor) throws(AvroError) -> Bool {
        if blocks.items > 0 {
            blocks.items -= 1
            return true
        }
        return try nextBlock(&blocks)
    }

    /// Opens the next block, whole: how many items it has, 0 at the end. For coders that take a block at a time; `blocks.items` is then
    /// theirs, so they do not mix it with `next`.
    public mutating func openBlock(_ blocks: inout BlockCursor) throws(AvroError) -> Int {
        guard try nextBlock(&blocks) else { return 0 }
        let count = blocks.items + 1
        blocks.items = 0
        return count
    }

    /// Skips the blocks of an array or map by `skipItem`; blocks that tell their size are still walked, since the size must be true.
    @inlinable
    public mutating func skipBlocks(itemBytesMin: Int, _ skipItem: (inout AvroReader) throws(AvroError) -> Void) throws(AvroError) {
        var blocks = BlockCursor(itemBytesMin: itemBytesMin)
        while try next(&blocks) { try skipItem(&self) }
    }

    @usableFromInline @inline(never)
    mutating func nextBlock(_ blocks: inout BlockCursor) throws(AvroError) -> Bool {
        if blocks.blockEnd >= 0, blocks.blockEnd != offset {
            throw fault(.blockSize, "a block ends at byte \(offset), its size said \(blocks.blockEnd)")
        }
        blocks.blockEnd = -1
        var count = try readLong()
        if count == 0 { return false }
        var room = Int64(bytesLeft)
        if count < 0 {
            guard count != .min else { throw fault(.lengthNegative, "a block of \(count) items") }
            count = -count
            let size = try readLong()
            guard size >= 0, size <= Int64(bytesLeft) else { throw lengthFault(size) }
            blocks.blockEnd = offset + Int(size)
            room = size
        } else {
            room = Int64(bytesLeft)
        }
        try charge(count, itemBytesMin: blocks.itemBytesMin, room: room)
        blocks.items = Int(count) - 1
        return true
    }

    private mutating func charge(_ count: Int64, itemBytesMin: Int, room: Int64) throws(AvroError) {
        guard budget.blocks > 0 else { throw fault(.blocksMax, "more than \(budget.limits.blocksMax) blocks") }
        budget.blocks -= 1
        if itemBytesMin > 0 {
            guard count <= room / Int64(itemBytesMin) else { throw fault(.bytesLeft, "a block of \(count) items in \(room) bytes") }
        } else {
            guard count <= Int64(budget.zeroSizeItems) else {
                throw fault(.zeroSizeItemsMax, "more than \(budget.limits.zeroSizeItemsMax) items that may take no byte")
            }
            budget.zeroSizeItems -= Int(count)
        }
        guard count <= Int64(budget.items) else { throw fault(.itemsMax, "more than \(budget.limits.itemsMax) items") }
        budget.items -= Int(count)
    }
}
