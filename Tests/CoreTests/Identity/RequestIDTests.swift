import Core
import TestSupport
import Testing

@Suite struct RequestIDTests {
    @Test(arguments: [
        ("00000000-0000-0000-0000-000000000000", UInt64(0), UInt64(0)), ("ffffffff-ffff-ffff-ffff-ffffffffffff", .max, .max),
        ("01234567-89ab-7cde-8f01-23456789abcd", 0x0123_4567_89ab_7cde, 0x8f01_2345_6789_abcd),
    ]) func text(text: String, high: UInt64, low: UInt64) {
        let id = RequestID(high: high, low: low)
        #expect(id.text == text)
        #expect(RequestID(text) == id)
        #expect(RequestID(Array(text.utf8)) == id)
        #expect(RequestID(Array("xx\(text)yy".utf8)[2..<38]) == id)
        var output: [UInt8] = [1]
        id.appendText(to: &output)
        #expect(output == [1] + Array(text.utf8))
    }

    @Test(arguments: [
        "", "01234567-89ab-7cde-8f01-23456789abc", "01234567-89ab-7cde-8f01-23456789abcde", "01234567-89AB-7cde-8f01-23456789abcd",
        "01234567_89ab-7cde-8f01-23456789abcd",
        "0123456789ab-7cde-8f01-23456789abcd-", "{1234567-89ab-7cde-8f01-23456789abcd", "01234567-89ab-7cde-8f01-23456789abcé",
        "01234567-89ab-7cde-8f01-23456789abc ",
    ]) func refused(text: String) { #expect(RequestID(text) == nil) }

    /// Each byte value in each place: only the 16 digits pass where a digit stands, only the hyphen where one stands.
    @Test func everyByte() {
        let text = Array("01234567-89ab-7cde-8f01-23456789abcd".utf8)
        for place in 0..<36 {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[place] = byte
                let isHyphen = [8, 13, 18, 23].contains(place)
                let isDigit = (48...57).contains(byte) || (97...102).contains(byte)
                let parsed = RequestID(changed)
                #expect((parsed != nil) == (isHyphen ? byte == 45 : isDigit), "byte \(byte) at \(place)")
                if let parsed { #expect(Array(parsed.text.utf8) == changed) }
            }
        }
    }

    @Test func randomIdsSurviveTheirText() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<1_000 {
            let id = RequestID(high: random.next(), low: random.next())
            #expect(RequestID(id.text) == id)
        }
    }

    @Test func version7HasTimeFirst() {
        let id = RequestID.v7(milliseconds: 0x0190_1234_5678, random: (.max, .max))
        #expect(id.text == "01901234-5678-7fff-bfff-ffffffffffff")
        #expect(RequestID.v7(milliseconds: 0x0190_1234_5678, random: (0, 0)).text == "01901234-5678-7000-8000-000000000000")
        #expect(RequestID.v7(milliseconds: 1, random: (.max, .max)) < RequestID.v7(milliseconds: 2, random: (0, 0)))
        #expect(id.version == 7)
    }

    @Test func version8KeepsTheHash() {
        let id = RequestID.v8(hash: Array(repeating: 0xff, count: 32))
        #expect(id.text == "ffffffff-ffff-8fff-bfff-ffffffffffff")
        #expect(RequestID.v8(hash: []).text == "00000000-0000-8000-8000-000000000000")
        #expect(RequestID.v8(hash: Array(0..<32)).text == "00010203-0405-8607-8809-0a0b0c0d0e0f")
    }
}
