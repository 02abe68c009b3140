// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// No attempt could finish it.
    struct DeadLettered: TypedValue {
        /// `reason`
        var reason: Slice
        /// `failures`
        var failures: Int32
        /// `losses`
        var losses: Int32

        /// A value made by hand.
        init(reason: Slice = .empty, failures: Int32 = 0, losses: Int32 = 0) {
            self.reason = reason
            self.failures = failures
            self.losses = losses
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.reason = try reader.readString()
            self.failures = try reader.readInt()
            self.losses = try reader.readInt()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.reason = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.failures = try fields.isSame(1) ? (reader.readInt()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.losses = try fields.isSame(2) ? (reader.readInt()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            try plan.finish(fields, count: 3, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readInt()
            _ = try reader.readInt()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.reason.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.reason, of: source)
            cursor.writeInt(self.failures)
            cursor.writeInt(self.losses)
            writer.end(cursor)
        }

        static var bytesMin: Int { 3 }
    }
}
