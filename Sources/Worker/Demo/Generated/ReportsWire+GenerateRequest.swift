// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension ReportsWire {
    /// `org.example.GenerateRequest`
    struct GenerateRequest: TypedSchema {
        /// The table, its first line naming the columns: the text itself when it has a line break, else the path of a file below the folder for files.
        var source: Slice
        /// The name of the column to group by.
        var groupBy: Slice?

        /// A value made by hand.
        init(source: Slice, groupBy: Slice? = nil) {
            self.source = source
            self.groupBy = groupBy
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.source = try reader.readString()
            self.groupBy = try reader.readBranch(2) == 0 ? nil : reader.readString()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.source = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.groupBy = try fields.isSame(1) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            try plan.finish(fields, count: 2, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 21
            room1 &+= Int(self.source.count)
            room1 &+= (self.groupBy.map { Int($0.count) } ?? 0)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.source, of: source)
            if let value = self.groupBy {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            writer.end(cursor)
        }

        static var bytesMin: Int { 2 }
        static var schemaName: String { "org.example.GenerateRequest" }
        static var schemaText: String { #"{"name":"org.example.GenerateRequest","type":"record","fields":[{"name":"source","type":"string","doc":"The table, its first line naming the columns: the text itself when it has a line break, else the path of a file below the folder for files."},{"name":"groupBy","type":["null","string"],"doc":"The name of the column to group by.","default":null}]}"# }
    }
}
