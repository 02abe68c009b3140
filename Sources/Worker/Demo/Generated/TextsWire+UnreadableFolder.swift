// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension TextsWire {
    /// The folder is not there, not below the folder for files, or cannot be read.
    struct UnreadableFolder: TypedSchema {
        /// `folder`
        var folder: Slice
        /// `reason`
        var reason: Slice

        /// A value made by hand.
        init(folder: Slice, reason: Slice = .empty) {
            self.folder = folder
            self.reason = reason
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.folder = try reader.readString()
            self.reason = try reader.readString()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.folder = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.reason = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 2, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.folder.count)
            room1 &+= Int(self.reason.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.folder, of: source)
            cursor.writeBytes(self.reason, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 2 }
        static var schemaName: String { "org.example.UnreadableFolder" }
        static var schemaText: String { #"{"name":"org.example.UnreadableFolder","type":"error","doc":"The folder is not there, not below the folder for files, or cannot be read.","fields":[{"name":"folder","type":"string"},{"name":"reason","type":"string","default":""}]}"# }
    }
}
