import Avro
import Testing

@Suite("Binary reader and writer")
struct AvroReaderTests {
    static let longs: [Int64] =
        (0..<64).flatMap { shift in [Int64(bitPattern: 1 << UInt64(shift)), Int64(bitPattern: (1 << UInt64(shift)) &- 1)] }.flatMap {
            [$0, 0 &- $0, ~$0]
        }

    @Test("longs of every length come back, with and without bytes behind them, and have the length of the specification")
    func varints() throws {
        for value in Self.longs {
            var writer = AvroWriter()
            writer.writeLong(value)
            let bytes = writer.bytes
            let zigzag = UInt64(bitPattern: (value << 1) ^ (value >> 63))
            #expect(bytes.count == max(1, (64 - zigzag.leadingZeroBitCount + 6) / 7))
            #expect(bytes.last.map { $0 < 0x80 } == true && bytes.dropLast().allSatisfy { $0 >= 0x80 })
            for padding in [0, 1, 7, 8, 20] {
                let padded = bytes + [UInt8](repeating: 0xAA, count: padding)
                var reader = AvroReader(padded.span.bytes)
                #expect(try reader.readLong() == value)
                #expect(reader.offset == bytes.count)
            }
            for count in 0..<bytes.count {
                let prefix = Array(bytes[..<count])
                #expect(code { reader throws(AvroError) in _ = try reader.readLong() }(prefix) == .endOfInput)
            }
        }
    }

    @Test("ints come back, and what does not fit 32 bits or 5 bytes is refused")
    func ints() throws {
        for value in Self.longs {
            var writer = AvroWriter()
            writer.writeLong(value)
            let bytes = writer.bytes + [0, 0, 0, 0, 0, 0, 0, 0]
            var reader = AvroReader(bytes.span.bytes)
            if let small = Int32(exactly: value) {
                #expect(try reader.readInt() == small)
            } else {
                let found = code { reader throws(AvroError) in _ = try reader.readInt() }(bytes)
                #expect(found == .varintRange || found == .varintLength, "\(value)")
            }
        }
        #expect(code { reader throws(AvroError) in _ = try reader.readInt() }([0x80, 0x80, 0x80, 0x80, 0x80, 0x00]) == .varintLength)
    }

    @Test(
        "varints that are too long or too large are refused by name",
        arguments: [
            ([UInt8](repeating: 0x80, count: 10) + [0], AvroError.Code.varintLength),
            ([UInt8](repeating: 0xFF, count: 9) + [2], .varintRange),
            ([UInt8](repeating: 0xFF, count: 12), .varintLength), ([UInt8](repeating: 0x80, count: 9), .endOfInput), ([], .endOfInput),
        ])
    func badVarints(_ bytes: [UInt8], _ expected: AvroError.Code) {
        #expect(code { reader throws(AvroError) in _ = try reader.readLong() }(bytes) == expected)
    }

    @Test("text is valid UTF-8 or refused, whatever its length and place", arguments: 0...40)
    func text(_ length: Int) throws {
        let bad: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3, 0x28], [0xF0, 0x9F, 0x98],
        ]
        let good: [[UInt8]] = [
            [0x61], [0xC3, 0xA4], [0xE2, 0x82, 0xAC], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80], [0xF0, 0x9F, 0x98, 0x80],
            [0xF4, 0x8F, 0xBF, 0xBF],
        ]
        for (sequences, isValid) in [(good, true), (bad, false)] {
            for sequence in sequences {
                for position in [0, length / 2, length] {
                    for padding in [0, 16] {
                        var text = [UInt8](repeating: 0x61, count: length)
                        text.insert(contentsOf: sequence, at: position)
                        var writer = AvroWriter()
                        writer.writeBytes(text)
                        writer.append([UInt8](repeating: 0xFF, count: padding))
                        let bytes = writer.bytes
                        var reader = AvroReader(bytes.span.bytes)
                        if isValid {
                            let slice = try reader.readString()
                            #expect(slice.array(in: bytes.span.bytes) == text)
                            #expect(slice.string(in: bytes.span.bytes).utf8.elementsEqual(text))
                        } else {
                            #expect(
                                code { reader throws(AvroError) in _ = try reader.readString() }(bytes) == .utf8Invalid,
                                "\(sequence) at \(position)")
                        }
                    }
                }
            }
        }
    }

    @Test("the writer grows, keeps what it has, and is used again")
    func growth() {
        var writer = AvroWriter(capacity: 0)
        var expected: [UInt8] = []
        for round in 0..<3 {
            for index in 0..<5000 {
                writer.writeFloat(Float(index))
                writer.writeDouble(Double(round))
                writer.writeBoolean(true)
                writer.writeBigEndian(1)
            }
            let bytes = writer.bytes
            if round == 0 { expected = bytes }
            #expect(bytes.count == expected.count && bytes.count == 5000 * 17)
            if round == 0 { #expect(bytes == expected) }
            writer.truncate(to: 17)
            #expect(writer.bytes == Array(bytes[..<17]))
            writer.removeAll()
        }
    }

    @Test("items, blocks and depth have limits of their own")
    func limits() {
        func blocks(_ limits: DecodingLimits, _ count: Int, perBlock: Int) -> AvroError.Code? {
            var writer = AvroWriter()
            for _ in 0..<count {
                writer.writeLong(Int64(perBlock))
                for _ in 0..<perBlock { writer.writeInt(1) }
            }
            writer.writeByte(0)
            let bytes = writer.bytes
            var reader = AvroReader(bytes.span.bytes, limits: limits)
            do throws(AvroError) {
                var cursor = BlockCursor(itemBytesMin: 1)
                while try reader.next(&cursor) { _ = try reader.readInt() }
                try reader.finish()
                return nil
            } catch { return error.code }
        }
        #expect(blocks(.standard, 3, perBlock: 5) == nil)
        #expect(blocks(DecodingLimits(itemsMax: 15), 3, perBlock: 5) == nil)
        #expect(blocks(DecodingLimits(itemsMax: 14), 3, perBlock: 5) == .itemsMax)
        #expect(blocks(DecodingLimits(blocksMax: 3), 3, perBlock: 5) == nil)
        #expect(blocks(DecodingLimits(blocksMax: 2), 3, perBlock: 5) == .blocksMax)
        let depth = code(DecodingLimits(depthMax: 2)) { reader throws(AvroError) in
            try reader.enter()
            reader.leave()
            try reader.enter()
            try reader.enter()
            try reader.enter()
        }
        #expect(depth([]) == .depthMax)
    }

    @Test(
        "blocks with sizes are true or refused",
        arguments: [
            ([3, 4, 2, 4, 0], nil), ([3, 2, 2, 4, 0], AvroError.Code.bytesLeft), ([1, 2, 0x80, 1, 0], .blockSize),
            ([3, 6, 2, 4, 0], .blockSize), ([3, 1], .lengthNegative), ([3, 20, 2, 4, 0], .bytesLeft),
        ] as [([UInt8], AvroError.Code?)])
    func blockSizes(_ bytes: [UInt8], _ expected: AvroError.Code?) {
        let read = code { reader throws(AvroError) in
            var cursor = BlockCursor(itemBytesMin: 1)
            while try reader.next(&cursor) { _ = try reader.readInt() }
        }
        #expect(read(bytes) == expected)
    }

    @Test("booleans are 0 or 1, branches exist, nothing is left over")
    func small() {
        #expect(code { reader throws(AvroError) in _ = try reader.readBoolean() }([2]) == .booleanInvalid)
        #expect(code { reader throws(AvroError) in _ = try reader.readBranch(2) }([4]) == .branchUnknown)
        #expect(code { reader throws(AvroError) in _ = try reader.readBranch(2) }([1]) == .branchUnknown)
        #expect(code { reader throws(AvroError) in try reader.finish() }([1]) == .trailingBytes)
        #expect(code { reader throws(AvroError) in _ = try reader.readBytes() }([1]) == .lengthNegative)
        #expect(code { reader throws(AvroError) in _ = try reader.readFixed(2) }([1]) == .endOfInput)
        #expect(code { reader throws(AvroError) in _ = try reader.readDouble() }([1, 2, 3, 4, 5, 6, 7]) == .endOfInput)
    }

    /// The code of what a read throws; nil when it throws nothing.
    private func code(
        _ limits: DecodingLimits = .standard, _ read: @escaping (inout AvroReader) throws(AvroError) -> Void
    ) -> ([UInt8]) -> AvroError.Code? {
        { bytes in
            var reader = AvroReader(bytes.span.bytes, limits: limits)
            do throws(AvroError) {
                try read(&reader)
                return nil
            } catch { return error.code }
        }
    }
}
