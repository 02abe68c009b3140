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
