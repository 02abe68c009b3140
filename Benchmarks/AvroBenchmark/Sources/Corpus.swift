import Avro

/// Records in one buffer, and the order in which they are read: shaped as our envelopes, of the sizes that the aims are given for.
struct Corpus {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = []
    var counts: [UInt32] = []
    /// Every record about as often as every other, in random order.
    var order: [UInt32] = []

    var size: Double { Double(bytes.count) / Double(counts.count) }

    private mutating func append(_ writer: borrowing AvroWriter) {
        offsets.append(UInt32(bytes.count))
        counts.append(UInt32(writer.count))
        bytes += writer.bytes
    }

    private mutating func shuffle(_ rounds: Int, using random: inout SplitMix) {
        order = (0..<rounds).flatMap { _ in (0..<UInt32(counts.count)).shuffled(using: &random) }
    }

    /// Requests of 188 bytes on average.
    static func requests(_ count: Int, rounds: Int) -> Corpus {
        var random = SplitMix(state: 1)
        var corpus = Corpus()
        for index in 0..<count {
            var out = AvroWriter()
            out.writeString(id(using: &random))
            out.writeString("reports.generate")
            out.writeLong(1_764_035_514_000 + Int64(index * 37))
            out.writeInt(Int32.random(in: 1...3, using: &random))
            out.writeString(["", "acme", "müller-söhne"].randomElement(using: &random) ?? "")
            optional(&out, .random(using: &random)) { $0.writeLong(1_764_035_600_000 + Int64(index)) }
            optional(&out, false) { _ in }
            out.writeInt(0)
            optional(&out, index % 4 == 0) { $0.writeString("order-\(index)") }
            optional(&out, false) { _ in }
            optional(&out, false) { _ in }
            optional(&out, true) { $0.writeString("00-\(hex(32, using: &random))-\(hex(16, using: &random))-01") }
            if index % 3 == 0 {
                out.writeLong(1)
                out.writeString("team")
                out.writeString("reporting")
            }
            out.writeByte(0)
            out.writeString("sales/2026/quarter-\(index % 4 + 1)/table-\(10_000 + index).csv")
            out.writeByte(2)
            out.writeString("region")
            corpus.append(out)
        }
        corpus.shuffle(rounds, using: &random)
        return corpus
    }

    /// Responses of 155 bytes on average, of eight kinds of event.
    static func responses(_ count: Int, rounds: Int) -> Corpus {
        var random = SplitMix(state: 2)
        var corpus = Corpus()
        for index in 0..<count {
            var out = AvroWriter()
            out.writeString(id(using: &random))
            out.writeInt(Int32.random(in: 1...3, using: &random))
            out.writeString("host-\(index % 17)/4711/\(index)")
            out.writeLong(Int64.random(in: 1...200, using: &random))
            out.writeLong(1_764_035_514_000 + Int64(index * 37))
            optional(&out, true) { $0.writeString("00-\(hex(32, using: &random))-\(hex(16, using: &random))-01") }
            event(Int.random(in: 0..<8, using: &random), index, &out)
            corpus.append(out)
        }
        corpus.shuffle(rounds, using: &random)
        return corpus
    }

    private static func event(_ kind: Int, _ index: Int, _ out: inout AvroWriter) {
        switch kind {
        case 0:
            out.writeInt(0)
            out.writeLong(1_000_000 + Int64(index))
            out.writeString("host-\(index % 17)/4711/2026-11-25")
        case 1:
            out.writeInt(1)
            optional(&out, true) { $0.writeDouble(0.42) }
            out.writeString("größte Gruppen")
            optional(&out, true) { $0.writeLong(Int64(index * 100)) }
            optional(&out, true) { $0.writeLong(1_000_000) }
            out.writeString("rows")
        case 2:
            out.writeInt(2)
            out.writeInt(Int32(index % 100))
            out.append([UInt8](repeating: 7, count: 34))
        case 3:
            out.writeInt(3)
            out.writeString("columns")
            out.writeBytes(Array(#"{"done":[1,2,3],"next":4}"#.utf8))
        case 4:
            out.writeInt(4)
            out.writeString("approval")
            optional(&out, true) { $0.writeLong(1_764_035_900_000) }
            out.writeString("two pairs of eyes")
        case 5:
            out.writeInt(10)
            out.append([UInt8](repeating: 9, count: 44))
        case 6:
            out.writeInt(11)
            out.writeString("UnreadableSource")
            out.writeString("line 17 has 3 fields")
            out.writeBoolean(index % 2 == 0)
            out.writeByte(0)
        default:
            out.writeInt(9)
            out.writeString("the worker stops: deployment")
        }
    }

    private static func optional(_ out: inout AvroWriter, _ isPresent: Bool, _ write: (inout AvroWriter) -> Void) {
        out.writeByte(isPresent ? 2 : 0)
        if isPresent { write(&out) }
    }

    private static func hex(_ count: Int, using random: inout SplitMix) -> String {
        String((0..<count).map { _ in "0123456789abcdef".randomElement(using: &random) ?? "0" })
    }

    private static func id(using random: inout SplitMix) -> String {
        [8, 4, 4, 4, 12].map { hex($0, using: &random) }.joined(separator: "-")
    }
}

/// Random numbers whose seed is all there is to them.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}
