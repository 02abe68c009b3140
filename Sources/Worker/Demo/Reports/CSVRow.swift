/// One record of a CSV, good until the reader's next step: ranges into the reader's buffer, nothing copied.
struct CSVRow: ~Copyable {
    struct Field {
        var start: Int
        var end: Int
        /// A quoted empty field is the empty text; an unquoted one is a null.
        var quoted: Bool
        /// Holds doubled quotes that are still to be made single.
        var doubled = false
    }

    let bytes: UnsafeRawBufferPointer
    let fields: UnsafeBufferPointer<Field>
    /// The line on which the record begins.
    let line: Int

    var count: Int { fields.count }

    func isNull(_ index: Int) -> Bool {
        let field = fields[index]
        return field.start == field.end && !field.quoted
    }

    func bytes(_ index: Int) -> UnsafeRawBufferPointer {
        let field = fields[index]
        return UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.end])
    }

    func text(_ index: Int) -> String {
        String(decoding: bytes(index), as: UTF8.self)
    }
}
