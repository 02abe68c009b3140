/// Changes bytes the way that finds faults: lengths that lie, parts that are missing, repeated, or from elsewhere.
struct FuzzMutation {
    /// Varints at the edges: counts of ±2^62 and −2^63, 2^31, 2^40, 2^20, and small ones.
    static let varints: [[UInt8]] = [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0x80, 0x80, 0x80, 0x80, 0x10], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
        [0x80, 0x80, 0x80, 0x01], [0xFF, 0xFF, 0x7F], [0x80, 0x80, 0x02], [0x01], [0x02], [0x03], [0x7F], [0x00], [0xFE, 0x01],
    ]
    static let texts = [
        "{", "}", "[", "]", "\"", ":", ",", "null", "1e999", "-", "\\u", "\\ud800", "9223372036854775808", "0.1", "\u{80}", "{}", "[]",
        "\"\"", "true",
    ].map { Array($0.utf8) }

    static func apply(_ bytes: inout [UInt8], isText: Bool, using random: inout SplitMix) {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let at = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<9, using: &random) {
            case 0 where !bytes.isEmpty: bytes[at] = .random(in: 0...255, using: &random)
            case 1 where !bytes.isEmpty: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.removeLast(bytes.count - at)
            case 3, 4:
                let piece = (isText ? texts : varints).randomElement(using: &random) ?? []
                bytes.replaceSubrange(at..<min(bytes.count, at + Int.random(in: 0...piece.count, using: &random)), with: piece)
            case 5 where !bytes.isEmpty:
                let end = min(bytes.count, at + Int.random(in: 1...64, using: &random))
                bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &random))
            case 6 where !bytes.isEmpty: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...8, using: &random)))
            case 7 where bytes.count < 4_096:
                let piece = (isText ? texts : varints).randomElement(using: &random) ?? []
                for _ in 0..<Int.random(in: 1...200, using: &random) { bytes.insert(contentsOf: piece, at: at) }
            default: bytes.append(.random(in: 0...255, using: &random))
            }
        }
        // Now and then as large as an input may become.
        if !bytes.isEmpty, Int.random(in: 0..<500, using: &random) == 0 {
            let piece = bytes[Int.random(in: 0..<bytes.count, using: &random)...].prefix(Int.random(in: 1...64, using: &random))
            let at = Int.random(in: 0...bytes.count, using: &random)
            bytes.insert(contentsOf: repeatElement(piece, count: 65_536 / piece.count).joined(), at: at)
        }
        if bytes.count > 65_536 { bytes.removeLast(bytes.count - 65_536) }
    }
}
