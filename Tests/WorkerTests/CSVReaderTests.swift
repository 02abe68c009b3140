import Testing

@testable import Worker

@Suite struct CSVReaderTests {
    /// Reads with sources that give `step` bytes at a time, so that every boundary inside a record is met.
    static func rows(_ text: String, step: Int = .max, recordBytesMax: Int = 1 << 16) throws -> [[String?]] {
        let bytes = Array(text.utf8)
        var (position, rows): (Int, [[String?]]) = (0, [])
        var reader = CSVReader(recordBytesMax: recordBytesMax)
        try reader.read({ memory in
            let count = min(step, memory.count, bytes.count - position)
            bytes.withUnsafeBytes { memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count])) }
            position += count
            return count
        }) { row in
            rows.append((0..<row.count).map { row.isNull($0) ? nil : row.text($0) })
        }
        return rows
    }

    @Test(
        "what files in the wild look like",
        arguments: [
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n,\"\"\n", [["a", "b"], [nil, ""]]),
            ("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n", [["a", "b"], ["x, \"y\"", "two\nlines"]]),
            ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
            ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n\n1,2\n\n\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n1,\n", [["a", "b"], ["1", nil]]),
            ("a,b\n1,", [["a", "b"], ["1", nil]]),
            ("a\n\"x\"\r\n\"y\"", [["a"], ["x"], ["y"]]),
            ("a,b\nsay \"hi\",2\n", [["a", "b"], ["say \"hi\"", "2"]]),
            ("ä,ö\nß,日本\n", [["ä", "ö"], ["ß", "日本"]]),
            ("", []),
            ("\n\n", []),
        ] as [(String, [[String?]])])
    func shapes(text: String, expected: [[String?]]) throws {
        for step in [1, 2, 3, 7, Int.max] {
            #expect(try Self.rows(text, step: step) == expected, "step \(step)")
            // A buffer that is hardly larger than a record is compacted all the time.
            #expect(try Self.rows(text, step: step, recordBytesMax: 64) == expected, "step \(step), small buffer")
        }
    }

    @Test(
        "faults name their line",
        arguments: [
            ("a,b\n1,2\n\"open,3\n4,5\n", 3),
            ("a,b\n\"x\"y,2\n", 2),
            ("a\n1\n\"two\nlines\"\n\"x\" \n", 5),
        ])
    func faults(text: String, line: Int) {
        let fault = #expect(throws: CSVFault.self) { try Self.rows(text, step: 3) }
        if text.contains("open") { #expect(fault.map { $0.line >= line } == true) } else { #expect(fault?.line == line) }
    }

    @Test func aRecordLargerThanTheBufferIsAFault() {
        let text = "a\n" + String(repeating: "x", count: 200) + "\n"
        #expect(throws: CSVFault.self) { try Self.rows(text, recordBytesMax: 64) }
    }
}
