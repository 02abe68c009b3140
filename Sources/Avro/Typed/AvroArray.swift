/// An array that stays in the input: validated when its record was read, decoded item by item when somebody asks.
@frozen
public struct AvroArray<Element: TypedValue>: TypedValue, Hashable {
    /// The encoded blocks, their end included.
    public var slice: Slice
    /// How many items.
    public var count: Int

    /// No items. It encodes as such whatever the source.
    @inlinable
    public init() {
        slice = .empty
        count = 0
    }

    /// Blocks that lie in a source, with so many items.
    @inlinable
    public init(slice: Slice, count: Int) {
        self.slice = slice
        self.count = count
    }

    /// Walks and validates the items.
    @inlinable
    public init(from reader: inout AvroReader) throws(AvroError) {
        let start = reader.offset
        var items = 0
        var blocks = BlockCursor(itemBytesMin: Element.bytesMin)
        try reader.enter()
        while try reader.next(&blocks) {
            try Element.skip(&reader)
            items += 1
        }
        reader.leave()
        slice = reader.slice(from: start)
        count = items
    }

    @inlinable
    public func encode(to writer: inout AvroWriter, source: RawSpan) {
        if count == 0 { writer.writeByte(0) } else { writer.append(slice, of: source) }
    }

    @inlinable public static var bytesMin: Int { 1 }

    /// Decodes the items in order. `source` is what the slice was cut from; items' slices are of `source`, too.
    @inlinable
    public func forEach(in source: RawSpan, _ body: (Element) throws(AvroError) -> Void) throws(AvroError) {
        guard count > 0 else { return }
        var reader = AvroReader(source, limits: .trusted)
        try reader.skip(Int(slice.offset))
        var blocks = BlockCursor(itemBytesMin: 0)
        while try reader.next(&blocks) { try body(try Element(from: &reader)) }
    }

    /// The items, decoded. Throws `memoryMax` where they would take more memory than `limits` allow: a byte may stand for a large struct.
    public func items(in source: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) -> [Element] {
        let (size, isTooLarge) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        let memoryMax = limits.typedMemoryMax(Int(slice.count))
        guard !isTooLarge, size <= memoryMax else {
            throw AvroError(.memoryMax, operation: "decode", detail: "\(count) items take more than memoryMax (\(memoryMax))")
        }
        var items: [Element] = []
        items.reserveCapacity(count)
        try forEach(in: source) { items.append($0) }
        return items
    }
}

/// A map that stays in the input: validated when its record was read, decoded entry by entry when somebody asks. Keys may repeat; the last counts.
@frozen
public struct AvroMap<Value: TypedValue>: TypedValue, Hashable {
    /// The encoded blocks, their end included.
    public var slice: Slice
    /// How many entries.
    public var count: Int

    /// No entries. It encodes as such whatever the source.
    @inlinable
    public init() {
        slice = .empty
        count = 0
    }

    /// Blocks that lie in a source, with so many entries.
    @inlinable
    public init(slice: Slice, count: Int) {
        self.slice = slice
        self.count = count
    }

    /// Walks and validates the entries.
    @inlinable
    public init(from reader: inout AvroReader) throws(AvroError) {
        let start = reader.offset
        var entries = 0
        var blocks = BlockCursor(itemBytesMin: 1 + Value.bytesMin)
        try reader.enter()
        while try reader.next(&blocks) {
            _ = try reader.readString()
            try Value.skip(&reader)
            entries += 1
        }
        reader.leave()
        slice = reader.slice(from: start)
        count = entries
    }

    @inlinable
    public func encode(to writer: inout AvroWriter, source: RawSpan) {
        if count == 0 { writer.writeByte(0) } else { writer.append(slice, of: source) }
    }

    @inlinable public static var bytesMin: Int { 1 }

    /// Decodes the entries in the order of the input.
    @inlinable
    public func forEach(in source: RawSpan, _ body: (Slice, Value) throws(AvroError) -> Void) throws(AvroError) {
        guard count > 0 else { return }
        var reader = AvroReader(source, limits: .trusted)
        try reader.skip(Int(slice.offset))
        var blocks = BlockCursor(itemBytesMin: 0)
        while try reader.next(&blocks) {
            let key = try reader.readString()
            try body(key, try Value(from: &reader))
        }
    }
}

/// One value of a recursive type, which a struct cannot hold: it stays in the input, validated.
@frozen
public struct AvroLazy<Value: TypedValue>: TypedValue, Hashable {
    /// The encoded value.
    public var slice: Slice

    /// An encoded value that lies in a source.
    @inlinable public init(slice: Slice) { self.slice = slice }

    @inlinable
    public init(from reader: inout AvroReader) throws(AvroError) {
        let start = reader.offset
        try reader.enter()
        try Value.skip(&reader)
        reader.leave()
        slice = reader.slice(from: start)
    }

    @inlinable
    public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.append(slice, of: source) }

    @inlinable public static var bytesMin: Int { Value.bytesMin }

    /// Decodes the value.
    public func value(in source: RawSpan) throws(AvroError) -> Value {
        var reader = AvroReader(source, limits: .trusted)
        try reader.skip(Int(slice.offset))
        return try Value(from: &reader)
    }
}

extension DecodingLimits {
    /// For what was validated already: nothing is counted twice.
    @usableFromInline static var trusted: DecodingLimits {
        DecodingLimits(itemsMax: .max, blocksMax: .max, zeroSizeItemsMax: .max, depthMax: .max)
    }
}
