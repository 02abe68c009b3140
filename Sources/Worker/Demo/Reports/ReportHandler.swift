import Core
import Glibc
import Telemetry

/// `reports.generate`: statistics of a table's columns, groups as parts, and a page with a chart.
///
/// One pass over the file in bounded memory, on a thread of its own: it computes for seconds, which Swift's pool must not.
public struct ReportHandler: Handler {
    static let groupsListedMax = 1_000
    /// What the listed groups may take of the response, in bytes, roughly.
    static let groupsBytesMax = 300_000
    static let reportName = "report.html"

    let folders: AllowedFolders

    /// Reads below `folders`; leaves reports in the first one.
    public init(_ folders: AllowedFolders) { self.folders = folders }

    public func run(_ work: Work, _ context: Context) async throws -> Answer {
        let request = try Reports.Request(work.payload)
        let id = work.id
        return try await OwnThread.blocking("report") { try generate(request, id, context) }.answer
    }

    private func generate(_ request: Reports.Request, _ id: RequestID, _ context: Context) throws -> Reports.Report {
        var analysis = TableAnalysis(groupBy: request.groupBy)
        do {
            try read(request.source, &analysis, context)
        } catch let fault as CSVFault {
            throw Reports.UnreadableSource(line: Int64(fault.line), reason: fault.detail)
        }
        let (columns, table, rows) = (analysis.columns, analysis.groups, analysis.rows)
        let (groups, omitted) = Self.groups(columns, table, groupBy: request.groupBy)
        for group in groups {
            guard !context.isStopped else { throw CancellationError() }
            try context.part(group.answer)
        }
        var url: String?
        if let folder = ResultFolder(of: id, in: folders) {
            let name = request.source.utf8.contains(UInt8(ascii: "\n")) ? "the table sent along" : request.source
            let page = ReportPage(title: "Report on \(name)", rows: rows, columns: columns, groups: table, groupBy: request.groupBy)
            try folder.write(Self.reportName) { write in try write(page.html) }
            url = folder.url(Self.reportName)
        }
        context.progress(1, message: "\(rows) rows read", completed: Int64(rows), total: Int64(rows), unit: "rows")
        return Reports.Report(
            rows: Int64(rows), columns: columns.map { Reports.Column($0) }, groupBy: request.groupBy, groups: groups,
            groupsOmitted: Int64(omitted),
            reportUrl: url)
    }

    /// The table is the text itself when it has a line break, else the path of a file below the folders.
    private func read(_ source: String, _ analysis: inout TableAnalysis, _ context: Context) throws {
        if source.utf8.contains(UInt8(ascii: "\n")) {
            let bytes = Array(source.utf8)
            var position = 0
            return try analysis.read({ memory in
                let count = min(memory.count, bytes.count - position)
                bytes.withUnsafeBytes { memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count])) }
                position += count
                return count
            }) { rows, read in try Self.step(rows, read, bytes.count, context) }
        }
        guard let path = folders.resolve(source) else {
            throw Reports.UnreadableSource(
                line: 0, reason: "there is no file of that name below the folder for files (a table in the request itself has a line break)"
            )
        }
        let file: FileReader
        do throws(WorkerError) {
            file = try FileReader(path)
        } catch {
            throw Reports.UnreadableSource(line: 0, reason: "the file cannot be read: \(error.detail)")
        }
        let size = file.size
        try Self.read(file, &analysis) { rows, read in try Self.step(rows, read, size, context) }
    }

    private static func read(_ file: borrowing FileReader, _ analysis: inout TableAnalysis, _ step: (Int, Int) throws -> Void) throws {
        let descriptor = file.descriptor
        try analysis.read({ memory in try FileReader.read(descriptor, into: memory) }, step: step)
    }

    private static func step(_ rows: Int, _ read: Int, _ size: Int, _ context: Context) throws {
        guard !context.isStopped else { throw CancellationError() }
        context.progress(
            size > 0 ? min(Double(read) / Double(size), 1) : nil, message: "\(rows) rows read", completed: Int64(rows), unit: "rows")
    }

    private static func groups(_ columns: [ColumnStatistics], _ table: GroupTable?, groupBy: String?) -> ([Reports.Group], omitted: Int) {
        guard let table else { return ([], 0) }
        let numeric = columns.indices.filter { columns[$0].hasNumbers && columns[$0].name != groupBy }
        let listedMax = min(groupsListedMax, max(groupsBytesMax / (80 + 80 * numeric.count), 1))
        let order = table.order
        let groups = order.prefix(listedMax).map { group in
            var (sums, means): ([String: Double], [String: Double]) = ([:], [:])
            for column in numeric {
                guard let mean = table.mean(group, column: column), mean.isFinite else { continue }
                sums[columns[column].name] = table.sum(group, column: column)
                means[columns[column].name] = mean
            }
            return Reports.Group(key: table.name(group), rows: Int64(table.rows[group]), sums: sums, means: means)
        }
        return (groups, max(order.count - listedMax, 0) + table.countBeyond)
    }
}
