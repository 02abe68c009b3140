/// A Swift type with straight-line coders of its own, as the generator makes them: no schema is looked at while it is read or written.
///
/// Text, bytes, arrays and maps are slices of the input; they are validated when the value is read and stay where they are. `encode` takes the
/// bytes that the slices refer to: the input of the decode, or an arena (`AvroWriter.add…`) for values made by hand.
public protocol TypedValue: Sendable {
    /// Reads a value and validates all of it.
    init(from reader: inout AvroReader) throws(AvroError)
    /// Reads a value that another schema wrote, by a plan; `source` begins with the input. ``Resolution`` calls it.
    init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError)
    /// Validates a value and leaves it behind.
    static func skip(_ reader: inout AvroReader) throws(AvroError)
    /// Writes the value, taking slices from `source`.
    func encode(to writer: inout AvroWriter, source: RawSpan)
    /// The least number of bytes that a value takes.
    static var bytesMin: Int { get }
}

extension TypedValue {
    /// Reads and drops; generated types have something better.
    @inlinable
    public static func skip(_ reader: inout AvroReader) throws(AvroError) { _ = try Self(from: &reader) }

    /// Reads the value that is all of `input`.
    @inlinable
    public init(decoding input: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        var reader = AvroReader(input, limits: limits)
        let value = try Self(from: &reader)
        try reader.finish()
        self = value
    }
}

/// A type that the generator made of a named schema.
public protocol TypedSchema: TypedValue {
    /// The full name of the schema.
    static var schemaName: String { get }
    /// The schema's text.
    static var schemaText: String { get }
}

extension Bool: TypedValue {
    @inlinable public init(from reader: inout AvroReader) throws(AvroError) { self = try reader.readBoolean() }
    @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeBoolean(self) }
    @inlinable public static var bytesMin: Int { 1 }
}

extension Int32: TypedValue {
    @inlinable public init(from reader: inout AvroReader) throws(AvroError) { self = try reader.readInt() }
    @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeInt(self) }
    @inlinable public static var bytesMin: Int { 1 }
}

extension Int64: TypedValue {
    @inlinable public init(from reader: inout AvroReader) throws(AvroError) { self = try reader.readLong() }
    @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeLong(self) }
    @inlinable public static var bytesMin: Int { 1 }
}

extension Float: TypedValue {
    @inlinable public init(from reader: inout AvroReader) throws(AvroError) { self = try reader.readFloat() }
    @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeFloat(self) }
    @inlinable public static var bytesMin: Int { 4 }
}

extension Double: TypedValue {
    @inlinable public init(from reader: inout AvroReader) throws(AvroError) { self = try reader.readDouble() }
    @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeDouble(self) }
    @inlinable public static var bytesMin: Int { 8 }
}

/// Nothing, in no byte.
@frozen
public struct AvroNull: TypedValue, Hashable {
    /// The only value.
    @inlinable public init() {}
    @inlinable public init(from reader: inout AvroReader) throws(AvroError) {}
    @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {}
    @inlinable public static var bytesMin: Int { 0 }
}

/// A string as an item of an array or map; as a field it is a `Slice`.
@frozen
public struct AvroText: TypedValue, Hashable {
    /// Where the text is.
    public var slice: Slice

    /// A text.
    @inlinable public init(_ slice: Slice) { self.slice = slice }
    @inlinable public init(from reader: inout AvroReader) throws(AvroError) { slice = try reader.readString() }
    @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeBytes(slice, of: source) }
    @inlinable public static var bytesMin: Int { 1 }
}

/// Bytes as an item of an array or map; as a field they are a `Slice`.
@frozen
public struct AvroBytes: TypedValue, Hashable {
    /// Where the bytes are.
    public var slice: Slice

    /// Bytes.
    @inlinable public init(_ slice: Slice) { self.slice = slice }
    @inlinable public init(from reader: inout AvroReader) throws(AvroError) { slice = try reader.readBytes() }
    @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeBytes(slice, of: source) }
    @inlinable public static var bytesMin: Int { 1 }
}

extension Optional: TypedValue where Wrapped: TypedValue {
    /// As an item: null first.
    @inlinable
    public init(from reader: inout AvroReader) throws(AvroError) {
        self = try reader.readBranch(2) == 0 ? nil : Wrapped(from: &reader)
    }

    @inlinable
    public func encode(to writer: inout AvroWriter, source: RawSpan) {
        switch self {
        case .none: writer.writeByte(0)
        case .some(let value):
            writer.writeByte(2)
            value.encode(to: &writer, source: source)
        }
    }

    @inlinable public static var bytesMin: Int { 1 }
}
