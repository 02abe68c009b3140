/// A range of the input of a decode: text or bytes that stay where they are until somebody asks for them. Trivial, eight bytes.
///
/// A slice means nothing without the input it was cut from; whoever keeps it keeps the input.
@frozen
public struct Slice: Sendable, Hashable {
    /// The first byte, counted from the start of the input.
    public var offset: UInt32
    /// How many bytes.
    public var count: UInt32

    /// A slice.
    @inlinable
    public init(offset: UInt32, count: UInt32) {
        self.offset = offset
        self.count = count
    }

    /// No bytes.
    @inlinable public static var empty: Slice { Slice(offset: 0, count: 0) }

    /// Whether there is no byte.
    @inlinable public var isEmpty: Bool { count == 0 }

    /// The range of byte offsets.
    @inlinable public var range: Range<Int> { Int(offset)..<Int(offset) + Int(count) }

    /// The bytes, borrowed from the input. Traps when the input is not the one the slice was cut from and is shorter.
    @inlinable
    @_lifetime(copy input)
    public func bytes(in input: RawSpan) -> RawSpan {
        input.extracting(range)
    }

    /// The bytes, copied.
    public func array(in input: RawSpan) -> [UInt8] {
        bytes(in: input).withUnsafeBytes { [UInt8]($0) }
    }

    /// The text, copied; decoders have validated it already.
    public func string(in input: RawSpan) -> String {
        bytes(in: input).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the bytes are those of the text.
    public func equals(_ text: StaticString, in input: RawSpan) -> Bool {
        guard Int(count) == text.utf8CodeUnitCount else { return false }
        return bytes(in: input).withUnsafeBytes { bytes in
            text.withUTF8Buffer { text in bytes.elementsEqual(text) }
        }
    }
}
