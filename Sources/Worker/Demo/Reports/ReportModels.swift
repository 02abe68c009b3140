/// The types of `schemas/reports.avpr`, as Swift sees them.
enum Reports {
    struct Request {
        let source: String
        let groupBy: String?
    }

    struct Column: Decodable {
        let name: String
        let kind: ColumnKind
        let values: Int64
        let empty: Int64
        let distinct: Int64?
        let minimum: Double?
        let maximum: Double?
        let sum: Double?
        let mean: Double?
        let standardDeviation: Double?

        init(_ statistics: ColumnStatistics) {
            let numbers = statistics.hasNumbers
            name = statistics.name
            kind = statistics.kind
            values = Int64(statistics.count)
            empty = Int64(statistics.nulls)
            distinct = statistics.distinct.map(Int64.init)
            // JSON has no infinities: a sum that left the doubles is left out.
            func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
            minimum = numbers ? statistics.minimum : nil
            maximum = numbers ? statistics.maximum : nil
            sum = numbers ? finite(statistics.sum) : nil
            mean = numbers ? finite(statistics.mean) : nil
            standardDeviation = finite(statistics.deviation)
        }
    }

    struct Group: Decodable {
        let key: String
        let rows: Int64
        let sums: [String: Double]
        let means: [String: Double]
    }

    struct Report: Decodable {
        let rows: Int64
        let columns: [Column]
        let groupBy: String?
        let groups: [Group]
        let groupsOmitted: Int64
        let reportUrl: String?
    }

    /// The declared error.
    struct UnreadableSource: DeclaredError {
        let line: Int64
        let reason: String

        var message: String { line > 0 ? "line \(line): \(reason)" : reason }

        private enum CodingKeys: CodingKey {
            case line
            case reason
        }
    }
}
