import Testing

@testable import Worker

@Suite struct TableAnalysisTests {
    static func analysed(_ text: String, groupBy: String? = nil) throws -> (columns: [ColumnStatistics], groups: GroupTable?, rows: Int) {
        let bytes = Array(text.utf8)
        var position = 0
        var analysis = TableAnalysis(groupBy: groupBy)
        try analysis.read({ memory in
            let count = min(1_000, memory.count, bytes.count - position)
            bytes.withUnsafeBytes { memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count])) }
            position += count
            return count
        }) { _, _ in }
        return (analysis.columns, analysis.groups, analysis.rows)
    }

    @Test func columnsOfEachKind() throws {
        let (columns, _, rows) = try Self.analysed("n,t,e,m\n2,x,,1\n4,y,,\n4,x,,b\n,z,,3\n")
        #expect(rows == 4)
        #expect(columns.map(\.kind) == [.number, .text, .empty, .text])
        #expect(columns.map(\.count) == [3, 4, 0, 3])
        #expect(columns.map(\.nulls) == [1, 0, 4, 1])
        #expect(columns.map(\.distinct) == [2, 3, 0, 3])
        #expect(columns[0].minimum == 2 && columns[0].maximum == 4 && columns[0].sum == 10)
        #expect(abs(columns[0].mean - 10.0 / 3) < 1e-12)
        let deviation = try #require(columns[0].deviation)
        #expect(abs(deviation - (8.0 / 9).squareRoot()) < 1e-12)
        #expect(columns[1].deviation == nil)
    }

    @Test func groupsHaveSumsAndMeans() throws {
        let (columns, groups, _) = try Self.analysed("city,v,w\nRome,1,10\nOslo,2,20\nRome,3,\n,5,50\n", groupBy: "city")
        let table = try #require(groups)
        #expect(columns.count == 3)
        #expect(table.order.map { table.name($0) } == ["Rome", "Oslo", ""])
        #expect(table.order.map { table.rows[$0] } == [2, 1, 1])
        #expect(table.order.map { table.sum($0, column: 1) } == [4, 2, 5])
        #expect(table.mean(0, column: 1) == 2)
        #expect(table.mean(0, column: 2) == 10)
    }

    @Test func aFullGroupTableCountsWhatItLeavesOut() {
        var table = GroupTable(columns: 1, groupsMax: 2)
        for key in ["a", "b", "c", "d", "c", "a"] {
            var key = key
            _ = key.withUTF8 { table.group(of: UnsafeRawBufferPointer($0)) }
        }
        #expect(table.count == 2)
        #expect(table.rows == [2, 1])
        #expect(table.countBeyond == 2)
    }

    @Test func theDistinctCountIsExactToItsBoundAndNilBeyond() {
        var counter = DistinctCounter()
        for value in 0..<DistinctCounter.valuesMax { withUnsafeBytes(of: value) { counter.add($0) } }
        for value in 0..<100 { withUnsafeBytes(of: value) { counter.add($0) } }
        #expect(counter.count == DistinctCounter.valuesMax)
        withUnsafeBytes(of: DistinctCounter.valuesMax) { counter.add($0) }
        #expect(counter.count == nil)
    }

    @Test(
        "faults of the table",
        arguments: [("a,b\n1,2\n1,2,3\n", nil, 3), ("a,b\n1\n", nil, 2), ("", nil, 1), ("a,b\n1,2\n", "c", 1)] as [(String, String?, Int)])
    func faults(text: String, groupBy: String?, line: Int) {
        let fault = #expect(throws: CSVFault.self) { _ = try Self.analysed(text, groupBy: groupBy) }
        #expect(fault?.line == line)
    }

    @Test(
        "numbers as strtod reads them",
        arguments: [
            "0", "1", "-1", "+1", "3.14", "-0.001", "1e10", "1.5E-7", "123456789012345678", "12345678901234567890123", "0.1", "1e300", ".5",
            "5.", " 7 ",
            "9007199254740993", "1.7976931348623157e308", "4.9e-324", "0.30000000000000004", "00012",
        ])
    func numbers(text: String) {
        let expected = Double(text.filter { $0 != " " && $0 != "+" } == "5." ? "5.0" : text.filter { $0 != " " })
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBytes { Decimal.parse($0) } == expected)
    }

    @Test(
        "what is no number",
        arguments: ["", " ", "-", ".", "e5", "1e", "1e+", "0x10", "inf", "nan", "1,5", "1 2", "1e99999", "--1", "1.2.3", "12a"])
    func noNumbers(text: String) {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBytes { Decimal.parse($0) } == nil)
    }

    @Test func thePageEscapesWhatTheFileSays() throws {
        let (columns, groups, rows) = try Self.analysed("k,v\n<script>alert(1)</script>,1\nb&c,2\n", groupBy: "k")
        let page = ReportPage(title: "a \"b\" <c>", rows: rows, columns: columns, groups: groups, groupBy: "k").html
        #expect(!page.contains("<script"))
        #expect(page.contains("&lt;script&gt;"))
        #expect(page.contains("<svg"))
        #expect(page.contains("b&amp;c"))
    }
}
