/// What generated coders call where something changed. A value that cannot be read in place is written in the reader's encoding behind the input in
/// `source` (a *piece*: a default, a promoted number, an array of changed items) and read from there, so that all slices are of `source`.
extension TypedPlan {
    /// The fields of a record; nil where it has to be read as a piece. Throws where the type is not of the reader's schema.
    @inlinable @inline(__always)
    public func fields(_ node: Int, count: Int) throws(AvroError) -> TypedFields? {
        let start = try start(node, count)
        return start < 0 ? nil : TypedFields(marks: marks + start, start: start)
    }

    /// A field, read by `plain` where it is.
    @inlinable
    public func read<Value>(
        _ fields: TypedFields, _ index: Int, toEnd: Bool = false, _ reader: inout AvroReader, _ source: inout AvroWriter,
        _ plain: (inout AvroReader) throws(AvroError) -> Value
    ) throws(AvroError) -> Value {
        let start = source.count
        if try advance(fields, index, toEnd, &reader, &source) { return try plain(&reader) }
        return try Self.piece(start, source, plain)
    }

    /// A field whose type has coders of its own.
    @inlinable
    public func typed<Value: TypedValue>(
        _ fields: TypedFields, _ index: Int, toEnd: Bool = false, _ reader: inout AvroReader, _ source: inout AvroWriter
    ) throws(AvroError) -> Value {
        let start = source.count
        let node = try approach(fields, index, toEnd, &reader, &source)
        if node == Self.isPlain { return try Value(from: &reader) }
        if node >= 0 { return try Value(from: &reader, resolving: self, node, source: &source) }
        return try Self.piece(start, source) { reader throws(AvroError) in try Value(from: &reader) }
    }

    /// Leaves behind what the writer has after the last field.
    @inlinable @inline(__always)
    public func finish(_ fields: TypedFields, count: Int, _ reader: inout AvroReader) throws(AvroError) {
        if !fields.isSame(count) { try skip(fields, count, &reader) }
    }

    /// A value of a node as a piece.
    @inlinable
    public func piece<Value>(
        _ node: Int, _ reader: inout AvroReader, _ source: inout AvroWriter, _ plain: (inout AvroReader) throws(AvroError) -> Value
    ) throws(AvroError) -> Value {
        let start = source.count
        try write(node, &reader, &source)
        return try Self.piece(start, source, plain)
    }

    /// Which branch of a union of so many was written.
    public func branch(_ node: Int, count: Int, _ reader: inout AvroReader) throws(AvroError) -> TypedBranch {
        var found = plan.nodes[node]
        if found.operation == .union { found = plan.nodes[Int(plan.numbers[Int(found.a) + (try reader.readBranch(Int(found.b)))])] }
        if found.operation == .impossible { throw reader.fault(.schemasIncompatible, plan.messages[Int(found.a)]) }
        guard found.operation == .wrap, found.a < Int32(count) else { throw stranger(reader) }
        return TypedBranch(
            index: Int(found.a), node: Int(found.b), isSame: plan.nodes[Int(found.b)].isIdentity, isEnd: isEnd[Int(found.b)])
    }

    // MARK: Out of line

    /// What `approach` says of a field that is read as one's own, and of one that lies in a piece.
    @usableFromInline static let isPlain = -1
    @usableFromInline static let isPiece = -2

    @inlinable
    static func piece<Value>(
        _ start: Int, _ source: borrowing AvroWriter, _ plain: (inout AvroReader) throws(AvroError) -> Value
    ) throws(AvroError) -> Value {
        var reader = AvroReader(source.span, limits: .trusted)
        reader.move(to: start)
        let value = try plain(&reader)
        try reader.finish()
        return value
    }

    @usableFromInline
    func start(_ node: Int, _ count: Int) throws(AvroError) -> Int {
        guard plan.nodes[node].operation != .record || Int(plan.nodes[node].c) == count else {
            throw AvroError(.schemasIncompatible, operation: "decode", detail: "the type is not of the reader's schema")
        }
        return Int(starts[node])
    }

    @inline(never)
    private func stranger(_ reader: borrowing AvroReader) -> AvroError {
        reader.fault(.schemasIncompatible, "the type is not of the reader's schema")
    }

    @usableFromInline
    func skip(_ fields: TypedFields, _ index: Int, _ reader: inout AvroReader) throws(AvroError) {
        let field = self.fields + (fields.start + index)
        for skip in 0..<Int(field.pointee.skipCount) { try Skipper(plan.tables).skip(skips[Int(field.pointee.skips) + skip], &reader) }
    }

    /// Comes to a field: true when it is read as one's own, else it lies in a piece at the end of `source`.
    @usableFromInline
    func advance(_ fields: TypedFields, _ index: Int, _ toEnd: Bool, _ reader: inout AvroReader, _ source: inout AvroWriter)
        throws(AvroError) -> Bool
    {
        let node = try approach(fields, index, toEnd, &reader, &source)
        if node == Self.isPlain { return true }
        if node >= 0 { try named(fields, index) { () throws(AvroError) in try write(node, &reader, &source) } }
        return false
    }

    /// Comes to a field: how to read it, `isPlain`, or `isPiece` when a default was written to the end of `source`.
    @usableFromInline
    func approach(_ fields: TypedFields, _ index: Int, _ toEnd: Bool, _ reader: inout AvroReader, _ source: inout AvroWriter)
        throws(AvroError) -> Int
    {
        let field = self.fields + (fields.start + index)
        for skip in 0..<Int(field.pointee.skipCount) { try Skipper(plan.tables).skip(skips[Int(field.pointee.skips) + skip], &reader) }
        if field.pointee.node < 0 {
            source.append(UnsafeRawBufferPointer(start: fallbacks + Int(field.pointee.fallback), count: Int(field.pointee.fallbackCount)))
            if source.count > Self.limit(reader) { throw reader.fault(.memoryMax, "the defaults are longer than memoryMax allows") }
            return Self.isPiece
        }
        return field.pointee.isIdentity && !toEnd ? Self.isPlain : Int(field.pointee.node)
    }

    /// Writes the value of a node to the end of `source`, in the reader's encoding.
    @usableFromInline
    func write(_ node: Int, _ reader: inout AvroReader, _ source: inout AvroWriter) throws(AvroError) {
        try Rewriting(plan.tables, limit: Self.limit(reader)).append(Int32(node), &reader, &source)
    }

    private func named(_ fields: TypedFields, _ index: Int, _ body: () throws(AvroError) -> Void) throws(AvroError) {
        do throws(AvroError) { try body() } catch { throw error.inside(plan.messages[Int(self.fields[fields.start + index].name)]) }
    }

    private static func limit(_ reader: borrowing AvroReader) -> Int {
        AvroWriter.countMax(inMemory: reader.budget.limits.typedMemoryMax(reader.end - reader.base))
    }
}

extension TypedValue {
    /// Reads a value that another schema wrote; generated records and unions have something better than a piece.
    @inlinable
    public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError)
    {
        self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
    }
}
