import Core
import Testing

@Suite struct TimeTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00.000Z", Int64(0)), ("2026-11-25T01:31:54.123Z", 1_795_570_314_123), ("1969-12-31T23:59:59.999Z", -1),
        ("2000-02-29T12:00:00.000Z", 951_825_600_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ("0000-01-01T00:00:00.000Z", -62_167_219_200_000),
    ]) func rfc3339(text: String, milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        ("2026-11-25t02:31:54+01:00", Int64(1_795_570_314_000)), ("2026-11-24T20:31:54.5-05:00", 1_795_570_314_500),
        ("2026-11-25T01:31:54.123999z", 1_795_570_314_123),
    ]) func offsets(text: String, milliseconds: Int64) { #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds) }

    @Test(arguments: [
        "", "2026-11-25", "2026-11-25T01:31:54", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-25T24:00:00Z",
        "2026-11-25T01:31:54.Z", "2026-11-25T01:31:54+1:00",
        "2026-11-25T01:31:54Zx", "x026-11-25T01:31:54Z",
    ]) func refusedTimes(text: String) { #expect(Timestamp(rfc3339: text) == nil) }

    @Test(arguments: [
        ("PT1H", Int64(3_600_000)), ("P7D", 604_800_000), ("PT0.5S", 500), ("P1DT2H3M4.005S", 93_784_005), ("P2W", 1_209_600_000),
        ("PT0S", 0),
    ])
    func durations(text: String, milliseconds: Int64) { #expect(ISODuration.milliseconds(text) == milliseconds) }

    @Test(arguments: ["", "P", "PT", "1H", "PT1", "P1Y", "P1M", "PT1S1M", "PT1H1H", "PT1.5H", "P-1D", "PT99999999999999999999S", "P1DT"])
    func refusedDurations(text: String) { #expect(ISODuration.milliseconds(text) == nil) }

    @Test(arguments: [Int64(0), 1, 999, 1000, 61_500, 3_600_000, 604_800_000, 93_784_005])
    func durationText(milliseconds: Int64) {
        #expect(ISODuration.milliseconds(ISODuration.text(milliseconds: milliseconds)) == milliseconds)
    }
}
