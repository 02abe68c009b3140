/// The end of what a program wrote to standard error.
struct StandardErrorTail {
    let bytesMax: Int
    private var bytes: [UInt8] = []
    private var cut = false

    init(bytesMax: Int = 2_048) { self.bytesMax = bytesMax }

    mutating func append(_ more: ArraySlice<UInt8>) {
        bytes.append(contentsOf: more.suffix(bytesMax))
        guard bytes.count > bytesMax else { return }
        bytes.removeFirst(bytes.count - bytesMax)
        cut = true
    }

    /// Repaired UTF-8, from the first whole line on where lines were cut off, without white space at the ends.
    var text: String {
        var tail = bytes[...]
        if cut, let end = tail.firstIndex(of: UInt8(ascii: "\n")), end + 1 < tail.endIndex { tail = tail[(end + 1)...] }
        while let last = tail.last, last == 0x0A || last == 0x0D || last == 0x20 || last == 0x09 { tail.removeLast() }
        while let first = tail.first, first == 0x0A || first == 0x0D { tail.removeFirst() }
        return String(decoding: tail, as: UTF8.self)
    }
}
