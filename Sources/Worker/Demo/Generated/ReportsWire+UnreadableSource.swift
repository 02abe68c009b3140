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

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.line = try fields.isSame(0) ? (reader.readLong()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.reason = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 2, &reader)
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
