/// Schema resolution from bytes to bytes: a datum of the writer's schema in the reader's encoding.
extension Resolution {
    /// Whether what was written is already encoded as the reader's schema has it, so that nothing needs to be rewritten.
    public var isIdentity: Bool { plan.nodes[Int(plan.root)].isIdentity }

    /// Appends the datum that is all of `input` in the reader's schema. When it throws, `out` is as it was.
    ///
    /// `limits.memoryMax` bounds the memory that `out` takes for it; nil for 16 times the input, at least 64 KiB.
    public func rewrite(_ input: RawSpan, into out: inout AvroWriter, limits: DecodingLimits = .standard) throws(AvroError) {
        var reader = AvroReader(input, limits: limits)
        let before = out.count
        do throws(AvroError) {
            let limit = before + AvroWriter.countMax(inMemory: limits.typedMemoryMax(input.byteCount))
            try Rewriting(plan.tables, limit: limit).append(plan.root, &reader, &out)
            try reader.finish()
        } catch {
            out.truncate(to: before)
            throw error
        }
    }
}

extension DecodingLimits {
    /// What typed coding of so many bytes may take.
    func typedMemoryMax(_ count: Int) -> Int { memoryMax ?? max(16 * count, 1 << 16) }
}
