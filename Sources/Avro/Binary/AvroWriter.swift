import Glibc

/// Writes the binary encoding into a buffer that grows and is used again: after the first records it allocates nothing.
///
/// One owner (it cannot be copied); `span` borrows what was written, so that it can be handed on without a copy.
public struct AvroWriter: ~Copyable, Sendable {
    /// Sendable: this struct is the only owner of the memory, cannot be copied, and frees it in `deinit`.
    @usableFromInline nonisolated(unsafe) var storage: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    @usableFromInline var written: Int

    /// How many bytes were written.
    @inlinable public var count: Int { written }

    /// An empty writer with room for `capacity` bytes; it grows as needed. With room for none it has no memory before the first byte.
    public init(capacity: Int = 512) {
        self.capacity = capacity <= 0 ? 0 : max(Self.capacityMin, capacity)
        storage = self.capacity == 0 ? Self.nowhere : Self.memory(nil, self.capacity)
        written = 0
    }

    deinit { if capacity > 0 { free(storage) } }

    private static let capacityMin = 64
    /// In place of memory where there is room for nothing.
    private static var nowhere: UnsafeMutableRawPointer { UnsafeMutableRawPointer(bitPattern: 8).unsafelyUnwrapped }

    private static func memory(_ old: UnsafeMutableRawPointer?, _ capacity: Int) -> UnsafeMutableRawPointer {
        guard let memory = realloc(old, capacity) else { preconditionFailure("no memory for a buffer of \(capacity) bytes") }
        return memory
    }

    /// How many bytes may be written to a writer that is to take no more memory than `memoryMax`: it grows by half.
    static func countMax(inMemory memoryMax: Int) -> Int { memoryMax / 3 * 2 }

    /// Whether nothing was written.
    @inlinable public var isEmpty: Bool { written == 0 }

    /// What was written, borrowed until the next change.
    @inlinable
    public var span: RawSpan {
        @_lifetime(borrow self)
        get {
            let span = RawSpan(_unsafeStart: UnsafeRawPointer(storage), byteCount: written)
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// What was written, copied.
    public var bytes: [UInt8] { [UInt8](UnsafeRawBufferPointer(start: storage, count: written)) }

    /// Forgets what was written and keeps the memory.
    @inlinable public mutating func removeAll() { written = 0 }

    /// Forgets what was written after the first `count` bytes: takes back a record that was begun.
    @inlinable
    public mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= written)
        written = count
    }

    /// Makes room for `bytes` more, so that what follows does not grow the buffer.
    @inlinable @inline(__always)
    public mutating func reserve(_ bytes: Int) {
        if capacity - written < bytes { grow(bytes) }
    }

    @usableFromInline @inline(never)
    mutating func grow(_ bytes: Int) {
        let old = capacity > 0 ? storage : nil
        capacity = max(capacity + capacity / 2, written + bytes, Self.capacityMin)
        storage = Self.memory(old, capacity)
    }

    // MARK: Numbers

    /// One byte, 0 or 1.
    @inlinable
    public mutating func writeBoolean(_ value: Bool) {
        writeByte(value ? 1 : 0)
    }

    /// One byte as it is.
    @inlinable
    public mutating func writeByte(_ value: UInt8) {
        reserve(1)
        storage.storeBytes(of: value, toByteOffset: written, as: UInt8.self)
        written += 1
    }

    /// A zig-zag varint.
    @inlinable @inline(__always)
    public mutating func writeInt(_ value: Int32) {
        writeLong(Int64(value))
    }

    /// A zig-zag varint.
    @inlinable @inline(__always)
    public mutating func writeLong(_ value: Int64) {
        reserve(10)
        writeVarint(UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)))
    }

    /// Four bytes, little-endian.
    @inlinable
    public mutating func writeFloat(_ value: Float) {
        reserve(4)
        storage.storeBytes(of: value.bitPattern.littleEndian, toByteOffset: written, as: UInt32.self)
        written += 4
    }

    /// Eight bytes, little-endian.
    @inlinable
    public mutating func writeDouble(_ value: Double) {
        reserve(8)
        storage.storeBytes(of: value.bitPattern.littleEndian, toByteOffset: written, as: UInt64.self)
        written += 8
    }

    /// Four bytes, big-endian: the schema id of the Confluent wire format.
    @inlinable
    public mutating func writeBigEndian(_ value: UInt32) {
        reserve(4)
        storage.storeBytes(of: value.bigEndian, toByteOffset: written, as: UInt32.self)
        written += 4
    }

    // MARK: Text and bytes

    /// A length and the text's UTF-8.
    @inlinable
    public mutating func writeString(_ value: String) {
        if value.utf8.withContiguousStorageIfAvailable({ writeBytes(UnsafeRawBufferPointer($0)) }) != nil { return }
        var value = value
        value.withUTF8 { writeBytes(UnsafeRawBufferPointer($0)) }
    }

    /// A length and the text.
    @inlinable
    public mutating func writeString(_ value: StaticString) {
        value.withUTF8Buffer { writeBytes(UnsafeRawBufferPointer($0)) }
    }

    /// A length and the bytes; of a string, they must be UTF-8.
    @inlinable
    public mutating func writeBytes(_ value: RawSpan) {
        value.withUnsafeBytes { writeBytes($0) }
    }

    /// A length and the bytes.
    @inlinable
    public mutating func writeBytes(_ value: [UInt8]) {
        value.withUnsafeBytes { writeBytes($0) }
    }

    /// A length and the bytes of `slice` in `source`.
    @inlinable @inline(__always)
    public mutating func writeBytes(_ slice: Slice, of source: RawSpan) {
        writeBytes(slice.bytes(in: source))
    }

    /// The bytes as they are: a fixed, or a part that is encoded already.
    @inlinable
    public mutating func append(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// The bytes as they are.
    @inlinable
    public mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// The bytes of `slice` in `source` as they are.
    @inlinable
    public mutating func append(_ slice: Slice, of source: RawSpan) {
        append(slice.bytes(in: source))
    }
}

extension AvroWriter {
    @inlinable @inline(__always)
    mutating func writeBytes(_ value: UnsafeRawBufferPointer) {
        reserve(10 + value.count)
        writeVarint(UInt64(truncatingIfNeeded: value.count &<< 1))
        copy(value)
    }

    @inlinable @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        reserve(bytes.count)
        copy(bytes)
    }

    /// The room must be there.
    @inlinable @inline(__always)
    mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        (storage + written).copyMemory(from: start, byteCount: bytes.count)
        written += bytes.count
    }

    /// Ten bytes of room must be there.
    @inlinable @inline(__always)
    mutating func writeVarint(_ value: UInt64) {
        written += AvroWriter.storeVarint(value, storage + written)
    }

    /// Stores a varint where ten bytes of room are, and tells its length. Up to 56 bits are spread over their bytes at once, without a branch for
    /// each.
    @inlinable @inline(__always)
    static func storeVarint(_ value: UInt64, _ at: UnsafeMutableRawPointer) -> Int {
        if value < 0x80 {
            at.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
            return 1
        }
        guard value < 1 &<< 56 else { return storeLongVarint(value, at) }
        var bits = value
        bits = (bits & 0x0000_0000_0FFF_FFFF) | ((bits & 0x00FF_FFFF_F000_0000) &<< 4)
        bits = (bits & 0x0000_3FFF_0000_3FFF) | ((bits & 0x0FFF_C000_0FFF_C000) &<< 2)
        bits = (bits & 0x007F_007F_007F_007F) | ((bits & 0x3F80_3F80_3F80_3F80) &<< 1)
        let length = (70 &- value.leadingZeroBitCount) / 7
        let more: UInt64 = 0x8080_8080_8080_8080 & ((1 &<< UInt64(truncatingIfNeeded: 8 &* (length &- 1))) &- 1)
        at.storeBytes(of: (bits | more).littleEndian, as: UInt64.self)
        return length
    }

    @usableFromInline @inline(never)
    static func storeLongVarint(_ value: UInt64, _ at: UnsafeMutableRawPointer) -> Int {
        var rest = value
        var length = 0
        while rest >= 0x80 {
            at.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: length, as: UInt8.self)
            length += 1
            rest >>= 7
        }
        at.storeBytes(of: UInt8(rest), toByteOffset: length, as: UInt8.self)
        return length + 1
    }
}
