/// The report as one HTML page that stands alone: a chart, the columns, the groups.
struct ReportPage {
    static let groupsShownMax = 200
    static let barsMax = 20

    let title: String
    let rows: Int
    let columns: [ColumnStatistics]
    let groups: GroupTable?
    let groupBy: String?

    var html: String {
        var page = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>\(HTMLText.escaped(title))</title>
            <meta name="viewport" content="width=device-width,initial-scale=1"><style>
            body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;color:#1c2733;background:#fff}
            table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{padding:.3rem .6rem;border-bottom:1px solid #d8dee4;text-align:right}
            th:first-child,td:first-child{text-align:left}svg{width:100%;max-width:740px;height:auto}svg text{font:13px system-ui,sans-serif}
            </style></head><body>
            <h1>\(HTMLText.escaped(title))</h1><p>\(rows) rows, \(columns.count) columns</p>

            """
        if let chart { page += chart.svg + "\n" }
        page += columnTable
        if let groups { page += groupTable(groups) }
        return page + "</body></html>\n"
    }

    /// Of the groups the first column of numbers, else how many rows; without groups the means of the columns.
    private var chart: BarChart? {
        guard let groups else {
            let numeric = columns.filter(\.hasNumbers).prefix(Self.barsMax)
            if !numeric.isEmpty {
                return BarChart(title: "Mean by column", bars: numeric.map { BarChart.Bar(label: $0.name, value: $0.mean) })
            }
            let bars = columns.prefix(Self.barsMax).map { BarChart.Bar(label: $0.name, value: Double($0.count)) }
            return bars.isEmpty ? nil : BarChart(title: "Values by column", bars: bars)
        }
        let order = groups.order.prefix(Self.barsMax)
        let by = groupBy ?? "group"
        if let column = columns.firstIndex(where: { $0.hasNumbers && $0.name != groupBy }) {
            let bars = order.map { BarChart.Bar(label: groups.name($0), value: groups.sum($0, column: column)) }
            return BarChart(title: "Sum of \(columns[column].name) by \(by)", bars: bars)
        }
        return BarChart(title: "Rows by \(by)", bars: order.map { BarChart.Bar(label: groups.name($0), value: Double(groups.rows[$0])) })
    }

    private var columnTable: String {
        var table = "<h2>Columns</h2><table><tr><th>column</th><th>values</th><th>nulls</th><th>distinct</th><th>minimum</th>"
        table += "<th>maximum</th><th>mean</th><th>deviation</th></tr>\n"
        for column in columns {
            let numbers = column.hasNumbers
            table += "<tr><td>\(HTMLText.escaped(column.name))</td><td>\(column.count)</td><td>\(column.nulls)</td>"
            table += "<td>\(column.distinct.map { String($0) } ?? "many")</td>"
            for value in [numbers ? column.minimum : nil, numbers ? column.maximum : nil, numbers ? column.mean : nil, column.deviation] {
                table += "<td>\(value.map(HTMLText.number) ?? "–")</td>"
            }
            table += "</tr>\n"
        }
        return table + "</table>\n"
    }

    private func groupTable(_ groups: GroupTable) -> String {
        let numeric = columns.indices.filter { columns[$0].hasNumbers && columns[$0].name != groupBy }.prefix(8)
        var table = "<h2>By \(HTMLText.escaped(groupBy ?? "group"))</h2><table><tr><th>group</th><th>rows</th>"
        for column in numeric {
            table += "<th>sum of \(HTMLText.escaped(columns[column].name))</th><th>mean</th>"
        }
        table += "</tr>\n"
        let order = groups.order
        for group in order.prefix(Self.groupsShownMax) {
            table += "<tr><td>\(HTMLText.escaped(groups.name(group)))</td><td>\(groups.rows[group])</td>"
            for column in numeric {
                table += "<td>\(HTMLText.number(groups.sum(group, column: column)))</td>"
                table += "<td>\(groups.mean(group, column: column).map(HTMLText.number) ?? "–")</td>"
            }
            table += "</tr>\n"
        }
        table += "</table>\n"
        let hidden = max(order.count - Self.groupsShownMax, 0) + groups.countBeyond
        if hidden > 0 { table += "<p>\(hidden) more groups are not shown.</p>\n" }
        return table
    }
}
