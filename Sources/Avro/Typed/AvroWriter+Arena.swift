/// A writer as an arena: the bytes that the slices of hand-made typed values refer to.
extension AvroWriter {
    /// Keeps a text; the slice is of this writer's bytes.
    public mutating func add(_ text: String) -> Slice {
        var text = text
        return text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// Keeps bytes.
    public mutating func add(_ bytes: [UInt8]) -> Slice {
        bytes.withUnsafeBytes { add($0) }
    }

    /// Keeps bytes.
    public mutating func add(_ bytes: RawSpan) -> Slice {
        bytes.withUnsafeBytes { add($0) }
    }

    /// Keeps an array of items, whose own slices are of this writer's bytes.
    public mutating func add<Element: TypedValue>(_ items: [Element]) -> AvroArray<Element> {
        guard !items.isEmpty else { return AvroArray() }
        var encoded = AvroWriter(capacity: 16 * items.count)
        encoded.writeLong(Int64(items.count))
        for item in items { item.encode(to: &encoded, source: span) }
        encoded.writeByte(0)
        return AvroArray(slice: add(encoded.span), count: items.count)
    }

    /// Keeps a map, whose values' own slices are of this writer's bytes.
    public mutating func add<Value: TypedValue>(_ entries: [(key: String, value: Value)]) -> AvroMap<Value> {
        guard !entries.isEmpty else { return AvroMap() }
        var encoded = AvroWriter(capacity: 32 * entries.count)
        encoded.writeLong(Int64(entries.count))
        for entry in entries {
            encoded.writeString(entry.key)
            entry.value.encode(to: &encoded, source: span)
        }
        encoded.writeByte(0)
        return AvroMap(slice: add(encoded.span), count: entries.count)
    }

    /// Keeps a value of a recursive type.
    public mutating func add<Value: TypedValue>(_ value: Value) -> AvroLazy<Value> {
        var encoded = AvroWriter()
        value.encode(to: &encoded, source: span)
        return AvroLazy(slice: add(encoded.span))
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) -> Slice {
        precondition(written + bytes.count <= Int(UInt32.max), "an arena has less than 4 GiB")
        let slice = Slice(offset: UInt32(written), count: UInt32(bytes.count))
        append(bytes)
        return slice
    }
}
