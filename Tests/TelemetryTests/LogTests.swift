import Glibc
import Testing

@testable import Telemetry

private final class Recorder: LogSink {
    let records = Locked<[LogRecord]>([])
    func write(_ record: LogRecord) { records.withLock { $0.append(record) } }
}

@Suite struct LogTests {
    @Test func whatIsOffIsNotBuilt() {
        let recorder = Recorder()
        let logger = Logger(label: "kafka", level: .warning, sink: recorder).with(["node": 1])
        var built = 0
        func message() -> String {
            built += 1
            return "m"
        }
        logger.info(message())
        logger.notice(message())
        #expect(built == 0)
        logger.warning(message(), ["topic": "t"])
        logger.labelled("other").critical(message())
        #expect(built == 2)
        let records = recorder.records.withLock { $0 }
        #expect(records.map(\.label) == ["kafka", "other"])
        #expect(records[0].fields.map(\.key) == ["node", "topic"])
        #expect(records[0].fields.map(\.value) == ["1", "t"])
        #expect(records[1].fields.map(\.key) == ["node"])
    }

    /// 2026-11-25T01:47:09.007Z
    private static let time = timespec(tv_sec: 1_795_571_229, tv_nsec: 7_999_999)

    private func text(_ record: LogRecord, json: Bool = false) -> String {
        String(decoding: (json ? LogLine(json: record, at: Self.time) : LogLine(text: record, at: Self.time)).bytes, as: UTF8.self)
    }

    @Test func aLineOfTextCannotBeForged() {
        let record = LogRecord(
            level: .warning, label: "http", message: "bad\nline \u{1b}[2J",
            fields: [("path", "/a"), ("text", "a b=\"c\"\\"), ("empty", ""), ("name", "Jürgen")])
        #expect(
            text(record)
                == "2026-11-25T01:47:09.007Z WARNING http: bad\\nline \\u001b[2J path=/a text=\"a b=\\\"c\\\"\\\\\" empty=\"\" name=Jürgen\n"
        )
    }

    @Test func aLineOfJSONIsOneObject() {
        let record = LogRecord(level: .error, label: "a\"b", message: "m\n\u{7f}", fields: [("level", "x"), ("n", "1")])
        #expect(
            text(record, json: true)
                == "{\"time\":\"2026-11-25T01:47:09.007Z\",\"level\":\"error\",\"label\":\"a\\\"b\",\"message\":\"m\\n\\u007f\",\"level_\":\"x\",\"n\":\"1\"}\n"
        )
    }

    @Test func theSinkWritesWholeLines() {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[0]) }
        StandardErrorSink(format: .text, descriptor: ends[1]).write(LogRecord(level: .info, label: "l", message: "one"))
        StandardErrorSink(format: .json, descriptor: ends[1]).write(LogRecord(level: .info, label: "l", message: "two"))
        close(ends[1])
        var bytes = [UInt8](repeating: 0, count: 1_000)
        let count = read(ends[0], &bytes, bytes.count)
        let lines = String(decoding: bytes[..<max(0, count)], as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix(" INFO l: one") == true)
        #expect(lines.last?.hasSuffix("\"label\":\"l\",\"message\":\"two\"}") == true)
    }

    @Test func aLimiterTellsHowMuchItHeldBack() {
        let limiter = LogLimiter(burst: 2)
        #expect([10, 10, 10, 10, 11, 11, 11, 12].map { limiter.admit(second: $0) } == [0, 0, nil, nil, 2, 0, nil, 1])
    }

    @Test func levelsHaveNames() {
        for level in LogLevel.allCases { #expect(LogLevel(name: level.name) == level) }
        #expect(LogLevel(name: "loud") == nil)
        #expect(LogLevel.trace < .critical)
    }
}
