// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// A take fell silent.
    struct LeaseExpired: TypedValue {
        /// Its source.
        var take: Slice
        /// `worker`
        var worker: Slice
        /// `lastSeen`
        var lastSeen: Int64

        /// A value made by hand.
        init(take: Slice = .empty, worker: Slice = .empty, lastSeen: Int64) {
            self.take = take
            self.worker = worker
            self.lastSeen = lastSeen
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.take = try reader.readString()
            self.worker = try reader.readString()
            self.lastSeen = try reader.readLong()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.take = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.worker = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.lastSeen = try fields.isSame(2) ? (reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            try plan.finish(fields, count: 3, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
            try reader.skipLong()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.take.count)
            room1 &+= Int(self.worker.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.take, of: source)
            cursor.writeBytes(self.worker, of: source)
            cursor.writeLong(self.lastSeen)
            writer.end(cursor)
        }

        static var bytesMin: Int { 3 }
    }
}
