// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// Who asked for cancellation.
    public struct JobCancellation: TypedValue {
        /// `by`
        public var by: Slice
        /// `reason`
        public var reason: Slice
        /// `time`
        public var time: Int64

        /// A value made by hand.
        @inlinable public init(by: Slice = .empty, reason: Slice = .empty, time: Int64) {
            self.by = by
            self.reason = reason
            self.time = time
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.by = try reader.readString()
            self.reason = try reader.readString()
            self.time = try reader.readLong()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.by = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.reason = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.time = try fields.isSame(2) ? (reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            try plan.finish(fields, count: 3, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
            try reader.skipLong()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.by.count)
            room1 &+= Int(self.reason.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.by, of: source)
            cursor.writeBytes(self.reason, of: source)
            cursor.writeLong(self.time)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 3 }
    }
}
