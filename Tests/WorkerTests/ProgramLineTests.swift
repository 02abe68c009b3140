import Core
import Testing

@testable import Worker

@Suite struct ProgramLineTests {
    static func line(_ text: String) throws -> ProgramLine { try ProgramLine(Array(text.utf8)[...]) }

    @Test func progressInBothForms() throws {
        #expect(try Self.line(#"{"progress":0.5}"#) == .progress(Progress(fraction: 0.5)))
        #expect(
            try Self.line(#" {"progress": {"fraction":0.25,"message":"caf\u00e9 \ud83d\ude00","completed":5,"total":20,"unit":"pages"}} "#)
                == .progress(Progress(fraction: 0.25, message: "café 😀", completed: 5, total: 20, unit: "pages")))
        #expect(try Self.line(#"{"progress":{"fraction":null}}"#) == .progress(Progress()))
    }

    @Test func valuesStayAsTheyAre() throws {
        #expect(try Self.line(#"{"result": {"a":[1,2,{"b":null}],"c":"}"} }"#) == .result(Array(#"{"a":[1,2,{"b":null}],"c":"}"}"#.utf8)))
        #expect(try Self.line(#"{"part":"x"}"#) == .part(Array(#""x""#.utf8)))
        #expect(try Self.line(#"{"checkpoint":17}"#) == .checkpoint(Array("17".utf8)))
    }

    @Test func errors() throws {
        guard case .error(let failure) = try Self.line(#"{"error":{"code":"Busy","message":"later","retryable":true,"details":{"n":1}}}"#)
        else {
            Issue.record("no error")
            return
        }
        #expect(failure.code == "Busy" && failure.message == "later" && failure.retryable)
        #expect(failure.details == Array(#"{"n":1}"#.utf8))
        guard case .error(let bare) = try Self.line(#"{"error":{}}"#) else {
            Issue.record("no error")
            return
        }
        #expect(bare.code == "failed" && !bare.retryable && bare.details == nil)
    }

    @Test(
        "lines that are none of these",
        arguments: [
            "", "hello", "42", "[]", "{}", #"{"result":1"#, #"{"result":}"#, #"{"other":1}"#, #"{"result":1}{"result":2}"#,
            #"{"result":1,"part":2}"#,
            #"{"result":01}"#, #"{"result":"\x"}"#, #"{"result":[1,]}"#, #"{"progress":"half"}"#, #"{"progress":{"percent":1}}"#,
            #"{"error":"text"}"#,
            #"{"result":"\ud800"}"#, #"{"progress":1e999}"#, #"{"progress":{"completed":1.5}}"#, "{\"result\":\"a\u{01}\"}",
        ])
    func refused(text: String) {
        #expect(throws: JSONScanner.Fault.self) { try Self.line(text) }
    }

    @Test func nestingIsBounded() throws {
        let deep = { (depth: Int) in "{\"result\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}" }
        _ = try Self.line(deep(JSONScanner.depthMax))
        #expect(throws: JSONScanner.Fault.self) { try Self.line(deep(JSONScanner.depthMax + 1)) }
        #expect(throws: JSONScanner.Fault.self) { try Self.line(deep(100_000)) }
    }

    @Test("lines cut by any step", arguments: [1, 2, 3, 100]) func lines(step: Int) throws {
        let bytes = Array("one\r\ntwo\n\nlast".utf8)
        var (buffer, lines) = (LineBuffer(lineBytesMax: 10), [String]())
        for start in stride(from: 0, to: bytes.count, by: step) {
            try buffer.feed(bytes[start..<min(start + step, bytes.count)]) { lines.append(String(decoding: $0, as: UTF8.self)) }
        }
        buffer.finish { lines.append(String(decoding: $0, as: UTF8.self)) }
        #expect(lines == ["one", "two", "", "last"])
    }

    @Test func aLineTooLongIsRefused() throws {
        var buffer = LineBuffer(lineBytesMax: 4)
        try buffer.feed(Array("abcd\n".utf8)[...]) { _ in }
        try buffer.feed(Array("abc".utf8)[...]) { _ in }
        #expect(throws: LineBuffer.TooLong.self) { try buffer.feed(Array("de".utf8)[...]) { _ in } }
    }

    @Test func theEndOfStandardErrorIsKept() {
        var tail = StandardErrorTail(bytesMax: 20)
        tail.append(Array("first line is long\n".utf8)[...])
        #expect(tail.text == "first line is long")
        tail.append(Array("second line\nend\n\n".utf8)[...])
        #expect(tail.text == "second line\nend" || tail.text == "end")
        #expect(tail.text.hasSuffix("end"))
    }
}
