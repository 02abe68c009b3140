/// Writes into room that was made before, without looking at it again: the inside of generated coders, where a run of fields is measured once.
///
/// `let cursor = writer.begin(room)`, write at most `room` bytes, `writer.end(cursor)`. More is a bug of the caller, which debug builds stop at.
@frozen
public struct AvroCursor {
    @usableFromInline var at: UnsafeMutableRawPointer
    @usableFromInline let end: UnsafeMutableRawPointer

    @inlinable
    init(at: UnsafeMutableRawPointer, end: UnsafeMutableRawPointer) {
        self.at = at
        self.end = end
    }

    /// One byte as it is.
    @inlinable @inline(__always)
    public mutating func writeByte(_ value: UInt8) {
        assert(at < end)
        at.storeBytes(of: value, as: UInt8.self)
        at += 1
    }

    /// One byte, 0 or 1.
    @inlinable @inline(__always)
    public mutating func writeBoolean(_ value: Bool) { writeByte(value ? 1 : 0) }

    /// A zig-zag varint: room for 10 bytes.
    @inlinable @inline(__always)
    public mutating func writeInt(_ value: Int32) { writeLong(Int64(value)) }

    /// A zig-zag varint: room for 10 bytes.
    @inlinable @inline(__always)
    public mutating func writeLong(_ value: Int64) {
        assert(end - at >= 10)
        at += AvroWriter.storeVarint(UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)), at)
    }

    /// Four bytes, little-endian.
    @inlinable @inline(__always)
    public mutating func writeFloat(_ value: Float) {
        assert(end - at >= 4)
        at.storeBytes(of: value.bitPattern.littleEndian, as: UInt32.self)
        at += 4
    }

    /// Eight bytes, little-endian.
    @inlinable @inline(__always)
    public mutating func writeDouble(_ value: Double) {
        assert(end - at >= 8)
        at.storeBytes(of: value.bitPattern.littleEndian, as: UInt64.self)
        at += 8
    }

    /// A length and the bytes of `slice` in `source`: room for 10 bytes and those.
    @inlinable @inline(__always)
    public mutating func writeBytes(_ slice: Slice, of source: RawSpan) {
        assert(end - at >= 10 + Int(slice.count))
        at += AvroWriter.storeVarint(UInt64(slice.count) &<< 1, at)
        append(slice, of: source)
    }

    /// The bytes of `slice` in `source` as they are.
    @inlinable @inline(__always)
    public mutating func append(_ slice: Slice, of source: RawSpan) {
        assert(end - at >= Int(slice.count))
        let count = Int(slice.count)
        slice.bytes(in: source).withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            AvroCursor.copy(start, at, count)
        }
        at += count
    }

    /// An array as it is: room for one byte more than its blocks.
    @inlinable @inline(__always)
    public mutating func append<Element>(_ array: AvroArray<Element>, of source: RawSpan) {
        if array.count == 0 { writeByte(0) } else { append(array.slice, of: source) }
    }

    /// A map as it is: room for one byte more than its blocks.
    @inlinable @inline(__always)
    public mutating func append<Value>(_ map: AvroMap<Value>, of source: RawSpan) {
        if map.count == 0 { writeByte(0) } else { append(map.slice, of: source) }
    }

    /// Up to 64 bytes by loads and stores that overlap, which the usual lengths of fields make faster than a call.
    @inlinable @inline(__always)
    static func copy(_ from: UnsafeRawPointer, _ to: UnsafeMutableRawPointer, _ count: Int) {
        typealias Word = SIMD16<UInt8>
        if count > 64 {
            to.copyMemory(from: from, byteCount: count)
        } else if count >= 32 {
            let first = from.loadUnaligned(as: Word.self), second = (from + 16).loadUnaligned(as: Word.self)
            let third = (from + (count - 32)).loadUnaligned(as: Word.self), fourth = (from + (count - 16)).loadUnaligned(as: Word.self)
            to.storeBytes(of: first, as: Word.self)
            (to + 16).storeBytes(of: second, as: Word.self)
            (to + (count - 32)).storeBytes(of: third, as: Word.self)
            (to + (count - 16)).storeBytes(of: fourth, as: Word.self)
        } else if count >= 16 {
            let first = from.loadUnaligned(as: Word.self), last = (from + (count - 16)).loadUnaligned(as: Word.self)
            to.storeBytes(of: first, as: Word.self)
            (to + (count - 16)).storeBytes(of: last, as: Word.self)
        } else if count >= 8 {
            let first = from.loadUnaligned(as: UInt64.self), last = (from + (count - 8)).loadUnaligned(as: UInt64.self)
            to.storeBytes(of: first, as: UInt64.self)
            (to + (count - 8)).storeBytes(of: last, as: UInt64.self)
        } else {
            for index in 0..<count {
                to.storeBytes(of: from.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index, as: UInt8.self)
            }
        }
    }
}

extension AvroWriter {
    /// Makes room for `room` bytes and lends it; `end` takes it back.
    @inlinable @inline(__always)
    public mutating func begin(_ room: Int) -> AvroCursor {
        reserve(room)
        return AvroCursor(at: storage + written, end: storage + capacity)
    }

    /// Takes what was written through a cursor of `begin`, the last call before.
    @inlinable @inline(__always)
    public mutating func end(_ cursor: AvroCursor) {
        written = cursor.at - storage
        assert(written <= capacity)
    }
}
