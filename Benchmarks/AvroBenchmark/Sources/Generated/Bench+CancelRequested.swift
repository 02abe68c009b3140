// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// Somebody asked for cancellation.
    struct CancelRequested: TypedValue {
        /// `by`
        var by: Slice
        /// `reason`
        var reason: Slice

        /// A value made by hand.
        init(by: Slice = .empty, reason: Slice = .empty) {
            self.by = by
            self.reason = reason
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.by = try reader.readString()
            self.reason = try reader.readString()
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.by.count)
            room1 &+= Int(self.reason.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.by, of: source)
            cursor.writeBytes(self.reason, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 2 }
    }
}
