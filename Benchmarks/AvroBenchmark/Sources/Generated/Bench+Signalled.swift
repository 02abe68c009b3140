// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// A signal reached the job.
    struct Signalled: TypedValue {
        /// `name`
        var name: Slice
        /// `by`
        var by: Slice
        /// JSON.
        var value: Slice

        /// A value made by hand.
        init(name: Slice, by: Slice = .empty, value: Slice = .empty) {
            self.name = name
            self.by = by
            self.value = value
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.name = try reader.readString()
            self.by = try reader.readString()
            self.value = try reader.readBytes()
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
            try reader.skipBytes()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.name.count)
            room1 &+= Int(self.by.count)
            room1 &+= Int(self.value.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.name, of: source)
            cursor.writeBytes(self.by, of: source)
            cursor.writeBytes(self.value, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 3 }
    }
}
