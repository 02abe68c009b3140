import Testing

@testable import Gateway

@Suite struct JSONWriterTests {
    private func text(_ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        body(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test(
        "strings are escaped as RFC 8259 has it",
        arguments: [
            ("", "\"\""), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#), ("\u{0}\u{1F}", #""\u0000\u001f""#), ("ü€😀", "\"ü€😀\""),
            ("/", "\"/\""),
            ("\u{7F}", "\"\u{7F}\""), ("a\nb\nc", #""a\nb\nc""#),
        ])
    func string(value: String, json: String) { #expect(text { $0.string(value) } == json) }

    @Test(
        "integers",
        arguments: [(0, "0"), (9, "9"), (10, "10"), (-1, "-1"), (Int64.max, "9223372036854775807"), (Int64.min, "-9223372036854775808")])
    func integer(value: Int64, json: String) { #expect(text { $0.integer(value) } == json) }

    @Test(
        "numbers",
        arguments: [
            (0.42, "0.42"), (1, "1"), (-0.5, "-0.5"), (.nan, "null"), (.infinity, "null"), (1e300, "1e+300"), (nil, "null"),
            (123_456_789, "123456789"),
        ] as [(Double?, String)])
    func number(value: Double?, json: String) { #expect(text { $0.number(value) } == json) }

    @Test func commasStandBetween() {
        let json = text { json in
            json.beginObject()
            json.key("a")
            json.beginArray()
            json.integer(1)
            json.null()
            json.beginObject()
            json.endObject()
            json.boolean(true)
            json.endArray()
            json.key("b")
            json.string(nil)
            json.key(text: "c\"")
            json.raw("[1]".utf8)
            json.key("d")
            json.value { $0 += "2".utf8 }
            json.endObject()
        }
        #expect(json == #"{"a":[1,null,{},true],"b":null,"c\"":[1],"d":2}"#)
    }
}
