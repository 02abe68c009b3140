// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A take of an attempt.
    public struct Started: TypedValue {
        /// Of the request record.
        public var offset: Int64
        /// Unique for each start of a process.
        public var worker: Slice

        /// A value made by hand.
        @inlinable public init(offset: Int64 = -1, worker: Slice = .empty) {
            self.offset = offset
            self.worker = worker
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.offset = try reader.readLong()
            self.worker = try reader.readString()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.offset = try fields.isSame(0) ? (reader.readLong()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.worker = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 2, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            try reader.skipLong()
            _ = try reader.readString()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.worker.count)
            var cursor = writer.begin(room1)
            cursor.writeLong(self.offset)
            cursor.writeBytes(self.worker, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 2 }
    }
}
