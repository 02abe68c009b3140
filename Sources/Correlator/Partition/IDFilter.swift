internal import Core

/// A set of ids that forgets nothing and now and then says yes to an id that is not in it: one bit an id, in a table of a fixed size.
struct IDFilter {
    static let bitsLog2: UInt64 = 21
    private var words = [UInt64](repeating: 0, count: 1 << (Self.bitsLog2 - 6))

    mutating func insert(_ id: RequestID) {
        let (word, bit) = Self.place(of: id)
        words[word] |= bit
    }

    func mayContain(_ id: RequestID) -> Bool {
        let (word, bit) = Self.place(of: id)
        return words[word] & bit != 0
    }

    /// Fibonacci hashing: also ids whose random bits a client chose badly spread.
    private static func place(of id: RequestID) -> (word: Int, bit: UInt64) {
        let hash = ((id.low ^ (id.high &* 0xff51_afd7_ed55_8ccd)) &* 0x9e37_79b9_7f4a_7c15) >> (64 - bitsLog2)
        return (Int(hash >> 6), 1 << (hash & 63))
    }
}
