import Avro
import Core
import Events
import FoundationEssentials
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(4))) struct DemoTests {
    /// Runs one request of a demo operation to its end.
    static func run(
        _ operation: String, _ json: String..., in folder: Folder = Folder(), check: (Ring, RequestID, [EventRecord]) async throws -> Void
    ) async throws {
        try await Ring.with { ring in
            let worker = try Worker(ring.settings, catalogue: ring.catalogue)
            try Demo.register(on: worker, folders: try AllowedFolders([folder.path, "/usr/share/common-licenses"]))
            try await worker.start()
            let answers = try Answers(ring, operation)
            for json in json {
                let id = try await ring.request(operation, json)
                try await check(ring, id, await answers.end(of: id))
            }
            await worker.stop()
            await answers.close()
        }
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ avro: [UInt8]?, _ schema: Schema?) throws -> Value {
        let json = try AvroToJSON(try #require(schema)).json(try #require(avro))
        return try JSONDecoder().decode(type, from: Data(json))
    }

    @Test func aReportOfAFile() async throws {
        let folder = Folder()
        // 50,000 rows whose sums are known: value = row, city by row mod 4, every tenth note empty.
        var text = "\u{FEFF}row,city,note\r\n"
        let cities = ["Rome", "Oslo", "\"Rio, BR\"", "Bern"]
        for row in 1...50_000 { text += "\(row),\(cities[row % 4]),\(row % 10 == 0 ? "" : "n\(row % 7)")\r\n" }
        folder.write("big.csv", text)
        try await Self.run("reports.generate", #"{"source":"big.csv","groupBy":"city"}"#, in: folder) { ring, id, events in
            let operation = try #require(ring.catalogue["reports.generate"])
            let report = try Self.decode(Reports.Report.self, events.last?.event.completedBytes, operation.response)
            #expect(report.rows == 50_000)
            #expect(report.columns.map(\.name) == ["row", "city", "note"])
            #expect(report.columns.map(\.kind) == [.number, .text, .text])
            #expect(report.columns.map(\.distinct) == [nil, 4, 7])
            #expect(report.columns[0].sum == 1_250_025_000)
            #expect(report.columns[0].mean == 25_000.5)
            #expect(report.columns[2].empty == 5_000)
            #expect(Set(report.groups.map(\.key)) == ["Rome", "Oslo", "Rio, BR", "Bern"])
            #expect(report.groups.allSatisfy { $0.rows == 12_500 })
            #expect(report.groups.reduce(0) { $0 + ($1.sums["row"] ?? 0) } == 1_250_025_000)
            #expect(report.groupsOmitted == 0)
            let parts = try events.compactMap(\.event.part).map { try Self.decode(Reports.Group.self, $0, operation.part) }
            #expect(parts.map(\.key) == report.groups.map(\.key))
            #expect(events.compactMap(\.event.progress).last?.completed == 50_000)
            #expect(report.reportUrl == "/files/\(id.text)/report.html")
            let page = try #require(Folder.read("\(folder.path)/\(id.text)/report.html"))
            #expect(page.contains("<svg") && page.contains("Rio, BR") && page.contains("50000 rows"))
        }
    }

    @Test func aReportOfATableInTheRequest() async throws {
        try await Self.run("reports.generate", #"{"source":"a,b\n1,x\n3,y\n"}"#) { ring, _, events in
            let report = try Self.decode(
                Reports.Report.self, events.last?.event.completedBytes, ring.catalogue["reports.generate"]?.response)
            #expect(report.rows == 2 && report.columns[0].mean == 2 && report.columns[0].standardDeviation == 1)
            #expect(report.groups.isEmpty && report.groupBy == nil)
        }
    }

    @Test func whatCannotBeReadIsADeclaredErrorWithItsLine() async throws {
        var lines: [Int64] = []
        try await Self.run(
            "reports.generate", #"{"source":"a,b\n1,2\n1,2,3\n"}"#, #"{"source":"/etc/passwd"}"#, #"{"source":"../outside.csv"}"#,
            #"{"source":"nowhere.csv"}"#, #"{"source":"a,b\n\"open"}"#, #"{"source":""}"#, #"{"source":"a,b\n1,2\n","groupBy":"c"}"#
        ) { ring, _, events in
            let failure = try #require(events.last?.event.failure)
            #expect(failure.code == "UnreadableSource" && !failure.retryable)
            guard case .declared(let type, let branch, let payload) = failure.details else {
                Issue.record("the details are not declared: \(String(describing: failure.details))")
                return
            }
            #expect(type == "UnreadableSource" && branch == 2)
            var reader = AvroReader(payload.bytes.span.bytes)
            lines.append(try reader.readLong())
        }
        #expect(lines == [3, 0, 0, 0, 2, 0, 1])
    }

    @Test func anIndexOfDebiansLicences() async throws {
        let folder = Folder()
        try await Self.run("texts.index", #"{"folder":"/usr/share/common-licenses","pattern":"GPL-*","topWords":3}"#, in: folder) {
            ring, id, events in
            let operation = try #require(ring.catalogue["texts.index"])
            let index = try Self.decode(Texts.Index.self, events.last?.event.completedBytes, operation.response)
            // GPL is a link to GPL-3, found by neither's own name but once.
            #expect(index.files >= 2 && index.files <= 3)
            #expect(index.top.first?.word == "the")
            #expect(index.top.count == 3)
            let parts = try events.compactMap(\.event.part).map { try Self.decode(Texts.IndexedFile.self, $0, operation.part) }
            #expect(parts.count == Int(index.files))
            #expect(parts.map(\.words).reduce(0, +) == index.words)
            #expect(index.indexUrl == "/files/\(id.text)/index.json")
            let file = try #require(Folder.read("\(folder.path)/\(id.text)/index.json"))
            let whole = try JSONDecoder().decode(WholeIndex.self, from: Data(file.utf8))
            #expect(whole.files == parts.map(\.path))
            #expect(whole.words.count == Int(index.distinct))
            #expect(whole.words["the"]?.map { $0[1] }.reduce(0, +) == index.top.first.map { Int($0.count) })
        }
    }

    struct WholeIndex: Decodable {
        let files: [String]
        let words: [String: [[Int]]]
    }

    @Test func foldersThatAreNotThere() async throws {
        try await Self.run("texts.index", #"{"folder":"/etc"}"#, #"{"folder":"../x"}"#, #"{"folder":"nowhere"}"#) { _, _, events in
            #expect(events.last?.event.failure?.code == "UnreadableFolder")
        }
    }

    @Test func whatIsNoTextOrTooLargeIsSkipped() async throws {
        let folder = Folder()
        folder.write("a.txt", "one two")
        folder.write("big.txt", String(repeating: "word ", count: 100))
        folder.write("data.bin", "a")
        let file = folder.path + "/zero.bin"
        folder.write("zero.bin", "x")
        #expect(Folder.read(file) == "x")
        try await Self.run("texts.index", #"{"folder":"","fileBytesMax":100,"pattern":"*.txt"}"#, in: folder) { ring, _, events in
            let index = try Self.decode(Texts.Index.self, events.last?.event.completedBytes, ring.catalogue["texts.index"]?.response)
            #expect(index.files == 1 && index.skipped == 1 && index.words == 2)
        }
    }
}
