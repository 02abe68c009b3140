import Glibc

/// One pass over a CSV: statistics of each column and, when asked for, groups.
struct TableAnalysis: ~Copyable {
    static let columnsMax = 500

    private(set) var columns: [ColumnStatistics] = []
    private(set) var groups: GroupTable?
    private(set) var rows = 0
    private let groupBy: String?
    private var groupColumn = -1

    init(groupBy: String?) { self.groupBy = groupBy }

    /// Reads all of `source`. `step` is called every few thousand rows with the rows and bytes so far; what it throws ends the analysis.
    mutating func read(_ source: CSVReader.Source, recordBytesMax: Int = 1 << 20, step: (_ rows: Int, _ bytes: Int) throws -> Void) throws {
        var reader = CSVReader(recordBytesMax: recordBytesMax)
        var (bytes, sinceStep) = (0, 0)
        try reader.read({ memory in
            let count = try source(memory)
            bytes += max(count, 0)
            return count
        }) { row in
            if columns.isEmpty { return try header(row) }
            guard row.count == columns.count else {
                throw CSVFault(line: row.line, detail: "the record has \(row.count) fields, the header has \(columns.count)")
            }
            add(row)
            sinceStep += 1
            if sinceStep == 8_192 {
                sinceStep = 0
                try step(rows, bytes)
            }
        }
        if columns.isEmpty { throw CSVFault(line: 1, detail: "there is no header: the CSV is empty") }
    }

    private mutating func header(_ row: borrowing CSVRow) throws {
        guard row.count <= Self.columnsMax else {
            throw CSVFault(line: row.line, detail: "the header has \(row.count) fields; at most \(Self.columnsMax) are taken")
        }
        for index in 0..<row.count { columns.append(ColumnStatistics(name: row.text(index))) }
        guard let groupBy else { return }
        guard let index = columns.firstIndex(where: { $0.name == groupBy }) else {
            let names = columns.prefix(20).map(\.name).joined(separator: ", ")
            throw CSVFault(line: row.line, detail: "there is no column \"\(groupBy)\" to group by; the header has \(names)")
        }
        groupColumn = index
        groups = GroupTable(columns: columns.count)
    }

    private mutating func add(_ row: borrowing CSVRow) {
        rows += 1
        guard groupColumn >= 0 else {
            for index in 0..<columns.count { columns[index].add(row.bytes(index), isNull: row.isNull(index)) }
            return
        }
        let group = groups?.group(of: row.bytes(groupColumn))
        for index in 0..<columns.count {
            if let value = columns[index].add(row.bytes(index), isNull: row.isNull(index)), let group, index != groupColumn {
                groups?.add(value, column: index, to: group)
            }
        }
    }
}
