import Avro

extension Reports.Request {
    /// Reads the Avro bytes of a request.
    init(_ payload: [UInt8]) throws(HandlerFailure) {
        let source = payload.span.bytes
        let wire = try ReportsWire.GenerateRequest.request(source)
        self.init(source: wire.source.string(in: source), groupBy: wire.groupBy?.string(in: source))
    }
}

extension Reports.Group {
    /// The group as a partial result.
    var answer: Answer {
        var arena = AvroWriter()
        return wire(&arena).answer(arena)
    }

    fileprivate func wire(_ arena: inout AvroWriter) -> ReportsWire.Group {
        ReportsWire.Group(key: arena.add(key), rows: rows, sums: Self.map(sums, &arena), means: Self.map(means, &arena))
    }

    /// In the order of the names, so that the same table has the same bytes.
    private static func map(_ values: [String: Double], _ arena: inout AvroWriter) -> AvroMap<Double> {
        arena.add(values.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) })
    }
}

extension Reports.Column {
    fileprivate func wire(_ arena: inout AvroWriter) -> ReportsWire.Column {
        let kind: ReportsWire.ColumnKind =
            switch kind {
            case .empty: .empty
            case .number: .number
            case .text: .text
            }
        return ReportsWire.Column(
            name: arena.add(name), kind: kind, values: values, empty: empty, distinct: distinct, minimum: minimum, maximum: maximum,
            sum: sum,
            mean: mean, standardDeviation: standardDeviation)
    }
}

extension Reports.Report {
    /// The report as the job's result.
    var answer: Answer {
        var arena = AvroWriter(capacity: 4_096)
        var wireColumns: [ReportsWire.Column] = []
        for column in columns { wireColumns.append(column.wire(&arena)) }
        var wireGroups: [ReportsWire.Group] = []
        for group in groups { wireGroups.append(group.wire(&arena)) }
        let report = ReportsWire.Report(
            rows: rows, columns: arena.add(wireColumns), groupBy: groupBy.map { arena.add($0) }, groups: arena.add(wireGroups),
            groupsOmitted: groupsOmitted, reportUrl: reportUrl.map { arena.add($0) })
        return report.answer(arena)
    }
}
