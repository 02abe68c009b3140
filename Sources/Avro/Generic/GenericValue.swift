/// Any Avro value, without a Swift type of its own. The schema says what it means: fields of records and symbols of enums are positions.
public struct GenericValue: Sendable, Hashable {
    /// What the value is.
    public enum Content: Sendable, Hashable {
        /// Nothing.
        case null
        /// A boolean.
        case boolean(Bool)
        /// 32 bits.
        case int(Int32)
        /// 64 bits.
        case long(Int64)
        /// Single precision.
        case float(Float)
        /// Double precision.
        case double(Double)
        /// Bytes of any length.
        case bytes([UInt8])
        /// Text.
        case string(String)
        /// Bytes of the schema's length.
        case fixed([UInt8])
        /// The position of an enum's symbol.
        case symbol(Int32)
        /// The fields of a record, in the schema's order.
        case record([GenericValue])
        /// Items.
        case array([GenericValue])
        /// Entries in the order in which they were written.
        case map([Entry])
    }

    /// An entry of a map.
    public struct Entry: Sendable, Hashable {
        /// The key.
        public var key: String
        /// The value.
        public var value: GenericValue

        /// An entry of these parts.
        public init(key: String, value: GenericValue) {
            self.key = key
            self.value = value
        }
    }

    /// What the value is.
    public var content: Content
    /// In the place of a union: which branch; -1 where there is no union.
    public var branch: Int32

    /// A value; `branch` says which one where the schema has a union.
    public init(_ content: Content, branch: Int32 = -1) {
        self.content = content
        self.branch = branch
    }

    /// Null where there is no union.
    public static var null: GenericValue { GenericValue(.null) }

    /// A value in the place of a union.
    public static func union(_ branch: Int32, _ content: Content) -> GenericValue { GenericValue(content, branch: branch) }

    /// A field of a record by its position; nil for other values and where there is none.
    public subscript(position: Int) -> GenericValue? {
        guard case .record(let fields) = content, fields.indices.contains(position) else { return nil }
        return fields[position]
    }
}
