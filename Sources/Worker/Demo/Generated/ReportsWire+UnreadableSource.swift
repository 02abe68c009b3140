// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension ReportsWire {
    /// The source is not a table that can be read.
    struct UnreadableSource: TypedSchema {
        /// The line at which reading stopped, from 1; 0 when the file itself cannot be read.
        var line: Int64
        /// What is wrong there.
        var reason: Slice

        /// A value made by hand.
        init(line: Int64, reason: Slice = .empty) {
            self.line = line
            self.reason = reason
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.line = try reader.readLong()
            self.reason = try reader.readString()
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            try reader.skipLong()
            _ = try reader.readString()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.reason.count)
            var cursor = writer.begin(room1)
            cursor.writeLong(self.line)
            cursor.writeBytes(self.reason, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 2 }
        static var schemaName: String { "org.example.UnreadableSource" }
        static var schemaText: String { #"{"name":"org.example.UnreadableSource","type":"error","doc":"The source is not a table that can be read.","fields":[{"name":"line","type":"long","doc":"The line at which reading stopped, from 1; 0 when the file itself cannot be read."},{"name":"reason","type":"string","doc":"What is wrong there.","default":""}]}"# }
    }
}
