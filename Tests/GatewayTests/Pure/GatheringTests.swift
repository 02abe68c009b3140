import Avro
import Core
import Testing

@testable import Gateway

@Suite struct GatheringTests {
    private static func id(_ number: Int) -> String { "01890a5d-ac96-774b-bcce-b302099a80" + String(number) }

    private static func cursor(_ number: Int) -> String {
        "\(Timestamp(rfc3339: "2026-11-25T12:00:\(number).000Z")?.milliseconds ?? 0).\(id(number))"
    }

    private func page(_ numbers: [Int], next: Bool = false) -> [UInt8] {
        let jobs = numbers.map { #"{"requestId":"\#(Self.id($0))","createdAt":"2026-11-25T12:00:\#($0).000Z","n":\#($0)}"# }
        return Array(
            #"{"jobs":[\#(jobs.joined(separator: ","))],"nextCursor":\#(next ? "\"\(Self.cursor(numbers.last ?? 10))\"" : "null")}"#.utf8)
    }

    private func numbers(_ body: [UInt8]?) throws -> ([Int64], String?) {
        let json = try JSONValue(parsing: try #require(body))
        return (try #require(json["jobs"]?.array).compactMap { $0["n"]?.integer }, json["nextCursor"]?.string)
    }

    @Test func newestFirstAcrossNodes() throws {
        let (found, next) = try numbers(JobsGathering.join([page([50, 30]), page([40, 20])], limit: 10))
        #expect(found == [50, 40, 30, 20])
        #expect(next == nil)
    }

    @Test func cutAtTheLimitWithACursorOfTheLast() throws {
        let (found, next) = try numbers(JobsGathering.join([page([50, 30]), page([40, 20])], limit: 3))
        #expect(found == [50, 40, 30])
        let cursor = try #require(next.flatMap { JobCursor(text: $0) })
        #expect(cursor.id.text == Self.id(30))
    }

    @Test("a node that has more ends the page where it ends: what lies behind may be newer than others' rows")
    func neverBehindAPageThatGoesOn() throws {
        let (found, next) = try numbers(JobsGathering.join([page([50, 45], next: true), page([40, 20])], limit: 3))
        #expect(found == [50, 45])
        let cursor = try #require(next.flatMap { JobCursor(text: $0) })
        #expect(cursor.id.text == Self.id(45))
    }

    @Test("what is no page spoils the whole", arguments: ["", "[]", "{}", #"{"jobs":[{}],"nextCursor":null}"#])
    func spoiled(body: String) { #expect(JobsGathering.join([page([10]), Array(body.utf8)], limit: 5) == nil) }

    @Test func factsThereAndBack() throws {
        let record = RequestRecord(
            id: try #require(RequestID(Self.id(10))), operation: "a.b", createdAt: Timestamp(milliseconds: 1),
            payload: Payload(schema: 1, bytes: [1, 2, 3]))
        let facts = JobFacts(record, offset: 77, appendedAt: Timestamp(milliseconds: 2))
        #expect(FactsPage.parse(FactsPage.json(facts)) == FirstRecord(offset: 77, digest: facts.digest))
        #expect(FactsPage.parse(Array("{}".utf8)) == nil)
        #expect(FactsPage.parse(Array(#"{"offset":1,"high":"x","low":"1"}"#.utf8)) == nil)
    }
}
