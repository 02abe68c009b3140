// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension ReportsWire {
    /// The answer of reports.generate.
    struct Report: TypedSchema {
        /// Without the header.
        var rows: Int64
        /// `columns`
        var columns: AvroArray<Column>
        /// `groupBy`
        var groupBy: Slice?
        /// The largest groups first.
        var groups: AvroArray<Group>
        /// Groups too many to be listed; their rows are counted in the columns.
        var groupsOmitted: Int64
        /// The report as a page with a chart, below /files/; null when the worker has no folder for files.
        var reportUrl: Slice?

        /// A value made by hand.
        init(rows: Int64, columns: AvroArray<Column>, groupBy: Slice? = nil, groups: AvroArray<Group> = AvroArray(), groupsOmitted: Int64 = 0, reportUrl: Slice? = nil) {
            self.rows = rows
            self.columns = columns
            self.groupBy = groupBy
            self.groups = groups
            self.groupsOmitted = groupsOmitted
            self.reportUrl = reportUrl
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.rows = try reader.readLong()
            self.columns = try AvroArray<Column>(from: &reader)
            self.groupBy = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.groups = try AvroArray<Group>(from: &reader)
            self.groupsOmitted = try reader.readLong()
            self.reportUrl = try reader.readBranch(2) == 0 ? nil : reader.readString()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 6) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.rows = try fields.isSame(0) ? (reader.readLong()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.columns = try fields.isSame(1) ? AvroArray<Column>(from: &reader) : plan.typed(fields, 1, &reader, &source)
            self.groupBy = try fields.isSame(2) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.groups = try fields.isSame(3) ? AvroArray<Group>(from: &reader) : plan.typed(fields, 3, &reader, &source)
            self.groupsOmitted = try fields.isSame(4) ? (reader.readLong()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.reportUrl = try fields.isSame(5) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 5, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            try plan.finish(fields, count: 6, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            try reader.skipLong()
            try AvroArray<Column>.skip(&reader)
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            try AvroArray<Group>.skip(&reader)
            try reader.skipLong()
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 44
            room1 &+= Int(self.columns.slice.count)
            room1 &+= (self.groupBy.map { Int($0.count) } ?? 0)
            room1 &+= Int(self.groups.slice.count)
            room1 &+= (self.reportUrl.map { Int($0.count) } ?? 0)
            var cursor = writer.begin(room1)
            cursor.writeLong(self.rows)
            cursor.append(self.columns, of: source)
            if let value = self.groupBy {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            cursor.append(self.groups, of: source)
            cursor.writeLong(self.groupsOmitted)
            if let value = self.reportUrl {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            writer.end(cursor)
        }

        static var bytesMin: Int { 6 }
        static var schemaName: String { "org.example.Report" }
        static var schemaText: String { #"{"name":"org.example.Report","type":"record","doc":"The answer of reports.generate.","fields":[{"name":"rows","type":"long","doc":"Without the header."},{"name":"columns","type":{"type":"array","items":{"name":"org.example.Column","type":"record","doc":"One column's statistics; the figures of numbers are null for other columns.","fields":[{"name":"name","type":"string"},{"name":"kind","type":{"name":"org.example.ColumnKind","type":"enum","doc":"What all values of a column are; one value that is no number makes it TEXT.","symbols":["EMPTY","NUMBER","TEXT"]}},{"name":"values","type":"long","doc":"Rows in which the column is not empty."},{"name":"empty","type":"long","doc":"Rows in which it is."},{"name":"distinct","type":["null","long"],"doc":"Different values; null when there are too many to count in bounded memory.","default":null},{"name":"minimum","type":["null","double"],"default":null},{"name":"maximum","type":["null","double"],"default":null},{"name":"sum","type":["null","double"],"default":null},{"name":"mean","type":["null","double"],"default":null},{"name":"standardDeviation","type":["null","double"],"doc":"Of the population.","default":null}]}}},{"name":"groupBy","type":["null","string"],"default":null},{"name":"groups","type":{"type":"array","items":{"name":"org.example.Group","type":"record","doc":"The rows that share one value of the column grouped by.","fields":[{"name":"key","type":"string"},{"name":"rows","type":"long"},{"name":"sums","type":{"type":"map","values":"double"},"doc":"By number column.","default":{}},{"name":"means","type":{"type":"map","values":"double"},"doc":"By number column.","default":{}}]}},"doc":"The largest groups first.","default":[]},{"name":"groupsOmitted","type":"long","doc":"Groups too many to be listed; their rows are counted in the columns.","default":0},{"name":"reportUrl","type":["null","string"],"doc":"The report as a page with a chart, below /files/; null when the worker has no folder for files.","default":null}]}"# }
    }
}
