// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// The next attempt.
    struct RetryScheduled: TypedValue {
        /// `attempt`
        var attempt: Int32
        /// When it is published.
        var at: Int64
        /// `reason`
        var reason: Slice

        /// A value made by hand.
        init(attempt: Int32, at: Int64, reason: Slice = .empty) {
            self.attempt = attempt
            self.at = at
            self.reason = reason
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.attempt = try reader.readInt()
            self.at = try reader.readLong()
            self.reason = try reader.readString()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.attempt = try fields.isSame(0) ? (reader.readInt()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.at = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.reason = try fields.isSame(2) ? (reader.readString()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 3, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readInt()
            try reader.skipLong()
            _ = try reader.readString()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.reason.count)
            var cursor = writer.begin(room1)
            cursor.writeInt(self.attempt)
            cursor.writeLong(self.at)
            cursor.writeBytes(self.reason, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 3 }
    }
}
