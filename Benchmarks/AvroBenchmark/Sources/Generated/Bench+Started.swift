// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// A take of an attempt.
    struct Started: TypedValue {
        /// Of the request record.
        var offset: Int64
        /// Unique for each start of a process.
        var worker: Slice

        /// A value made by hand.
        init(offset: Int64 = -1, worker: Slice = .empty) {
            self.offset = offset
            self.worker = worker
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.offset = try reader.readLong()
            self.worker = try reader.readString()
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            try reader.skipLong()
            _ = try reader.readString()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.worker.count)
            var cursor = writer.begin(room1)
            cursor.writeLong(self.offset)
            cursor.writeBytes(self.worker, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 2 }
    }
}
