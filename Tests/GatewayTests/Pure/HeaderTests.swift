import Core
import Testing

@testable import Gateway

@Suite struct HeaderTests {
    @Test(
        "preferences",
        arguments: [
            ([], nil, false, nil), (["wait=5"], 5, false, "wait=5"), (["respond-async"], nil, true, "respond-async"),
            (["respond-async, wait=10"], 10, true, "respond-async, wait=10"), (["wait=5", "wait=9"], 5, false, "wait=5"),
            (["wait=600"], 60, false, "wait=60"), (["wait=-1"], nil, false, nil), (["wait=x"], nil, false, nil),
            (["wait"], nil, false, nil),
            (["WAIT = \"7\" ; foo=bar, unknown=1"], 7, false, "wait=7"), (["wait=0"], 0, false, "wait=0"), ([",,;=,"], nil, false, nil),
            (["wait=99999999999999999999"], nil, false, nil),
        ] as [([String], Int?, Bool, String?)])
    func preferences(headers: [String], wait: Int?, async: Bool, applied: String?) {
        let preferences = Preferences(headers)
        #expect(preferences.wait == wait)
        #expect(preferences.respondAsync == async)
        #expect(preferences.applied == applied)
    }

    @Test(
        "deadlines",
        arguments: [
            ("1970-01-01T00:00:02Z", 2000), ("1970-01-01T01:00:02+01:00", 2000), ("PT10S", 11_000), ("P1D", 86_401_000), ("PT0.5S", 1500),
            ("soon", nil),
            ("", nil), ("P", nil), ("-PT1S", nil), ("10", nil), ("2026-13-01T00:00:00Z", nil), ("P99999999999999999D", nil),
        ] as [(String, Int64?)])
    func deadline(text: String, milliseconds: Int64?) {
        #expect(DeadlineHeader.parse(text, now: Timestamp(milliseconds: 1000))?.milliseconds == milliseconds)
    }

    @Test(
        "entity tags",
        arguments: [
            ("\"3\"", true), ("\"4\"", false), ("W/\"3\"", true), ("*", true), ("\"1\", \"3\"", true), (" \"3\"\t", true), ("3", false),
            ("", false),
            ("\"33\"", false), ("w/\"3\"", false),
        ])
    func tag(header: String, matches: Bool) { #expect(EntityTag.matches(header, version: 3) == matches) }

    @Test func tagText() { #expect(EntityTag.text(12) == "\"12\"") }

    @Test(
        "places",
        arguments: [
            ("demo.echo:0:12", Place(operation: "demo.echo", partition: 0, offset: 12)), ("demo.echo:0", nil), ("demo.echo:-1:0", nil),
            ("demo.echo:0:-1", nil), (":0:0", nil), ("a:b:c", nil), ("", nil), ("a:0:0:0", nil), ("a:4294967296:0", nil),
        ] as [(String, Place?)])
    func place(text: String, place: Place?) {
        #expect(Place(text) == place)
        if let place { #expect(place.text == text) }
    }

    @Test(
        "cursors",
        arguments: [
            ("1000.01890a5d-ac96-774b-bcce-b302099a8057", true), ("1000", false), ("x.01890a5d-ac96-774b-bcce-b302099a8057", false),
            ("1000.x", false), ("", false),
        ])
    func cursor(text: String, isOne: Bool) {
        let cursor = JobCursor(text: text)
        #expect((cursor != nil) == isOne)
        if let cursor { #expect(cursor.text == text) }
    }

    @Test func idsOfOneGatewayRise() {
        let maker = IdentityMaker(partitionCount: 12)
        var last = maker.fresh(now: Timestamp(milliseconds: 5))
        for _ in 0..<3000 {
            let next = maker.fresh(now: Timestamp(milliseconds: 5))
            #expect(next != last)
            last = next
        }
        #expect(maker.fresh(now: Timestamp(milliseconds: 6)) > last)
    }

    @Test func keysMakeOneIDForEachTenantAndOperation() throws {
        let id = try IdentityMaker.derived(tenant: "a", operation: "b", key: "c")
        #expect(try IdentityMaker.derived(tenant: "a", operation: "b", key: "c") == id)
        #expect(try IdentityMaker.derived(tenant: "", operation: "b", key: "c") != id)
        #expect(try IdentityMaker.derived(tenant: "a", operation: "c", key: "b") != id)
        #expect(
            try IdentityMaker.derived(tenant: "a\u{0}b", operation: "c", key: "d")
                != IdentityMaker.derived(tenant: "a", operation: "b", key: "c"))
        #expect(Array(id.text)[14] == "8")
    }
}
