extension AvroWriter {
    /// Puts a block's count in front of items that are written already, over the placeholder byte at `place`, and the end of the blocks behind them.
    mutating func closeBlock(at place: Int, count: Int) {
        guard count > 0 else {
            storage.storeBytes(of: 0, toByteOffset: place, as: UInt8.self)
            return
        }
        var bits = UInt64(count) << 1
        var length = 1
        while bits >> UInt64(7 * length) > 0 { length += 1 }
        if length > 1 {
            let size = written - place - 1
            reserve(length)
            (storage + place + length).copyMemory(from: storage + place + 1, byteCount: size)
            written += length - 1
        }
        for index in 0..<length {
            let more: UInt8 = index < length - 1 ? 0x80 : 0
            storage.storeBytes(of: UInt8(truncatingIfNeeded: bits & 0x7F) | more, toByteOffset: place + index, as: UInt8.self)
            bits >>= 7
        }
        writeByte(0)
    }

    /// Changes a byte that is written already.
    mutating func patch(_ byte: UInt8, at place: Int) {
        precondition(place >= 0 && place < written)
        storage.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
    }

    /// Calls `body` with what was written.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(start: storage, count: written))
    }
}
