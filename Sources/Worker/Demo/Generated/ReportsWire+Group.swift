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
