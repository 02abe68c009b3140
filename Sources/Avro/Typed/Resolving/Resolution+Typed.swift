/// Typed values of what another version wrote.
extension Resolution {
    /// The value of one datum, which is all of `bytes`, in a type that was generated from the reader's schema.
    ///
    /// `source` is emptied and holds afterwards what the value's slices refer to: the input, and behind it what had to be carried over. Use it again
    /// for the next record: then nothing is allocated. `limits.memoryMax` bounds the memory it takes; nil for 16 times the input, at least 64 KiB.
    /// Fields that did not change are read as fast as one's own; records whose fields stand in another order, and arrays and maps of changed
    /// items, are rewritten first.
    @inlinable
    public func decode<Value: TypedValue>(
        _ type: Value.Type, _ bytes: RawSpan, source: inout AvroWriter, limits: DecodingLimits = .standard
    ) throws(AvroError) -> Value {
        source.removeAll()
        source.append(bytes)
        var reader = AvroReader(bytes, limits: limits)
        let value = try Value(from: &reader, resolving: typed, typedRoot, source: &source)
        try reader.finish()
        return value
    }

    @usableFromInline var typedRoot: Int { Int(plan.root) }
}
