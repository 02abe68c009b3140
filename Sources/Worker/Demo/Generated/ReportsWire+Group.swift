// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension ReportsWire {
    /// The rows that share one value of the column grouped by.
    struct Group: TypedSchema {
        /// `key`
        var key: Slice
        /// `rows`
        var rows: Int64
        /// By number column.
        var sums: AvroMap<Double>
        /// By number column.
        var means: AvroMap<Double>

        /// A value made by hand.
        init(key: Slice, rows: Int64, sums: AvroMap<Double> = AvroMap(), means: AvroMap<Double> = AvroMap()) {
            self.key = key
            self.rows = rows
            self.sums = sums
            self.means = means
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.key = try reader.readString()
            self.rows = try reader.readLong()
            self.sums = try AvroMap<Double>(from: &reader)
            self.means = try AvroMap<Double>(from: &reader)
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 4) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.key = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.rows = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.sums = try fields.isSame(2) ? AvroMap<Double>(from: &reader) : plan.typed(fields, 2, &reader, &source)
            self.means = try fields.isSame(3) ? AvroMap<Double>(from: &reader) : plan.typed(fields, 3, &reader, &source)
            try plan.finish(fields, count: 4, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try reader.skipLong()
            try AvroMap<Double>.skip(&reader)
            try AvroMap<Double>.skip(&reader)
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 22
            room1 &+= Int(self.key.count)
            room1 &+= Int(self.sums.slice.count)
            room1 &+= Int(self.means.slice.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.key, of: source)
            cursor.writeLong(self.rows)
            cursor.append(self.sums, of: source)
            cursor.append(self.means, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 4 }
        static var schemaName: String { "org.example.Group" }
        static var schemaText: String { #"{"name":"org.example.Group","type":"record","doc":"The rows that share one value of the column grouped by.","fields":[{"name":"key","type":"string"},{"name":"rows","type":"long"},{"name":"sums","type":{"type":"map","values":"double"},"doc":"By number column.","default":{}},{"name":"means","type":{"type":"map","values":"double"},"doc":"By number column.","default":{}}]}"# }
    }
}
