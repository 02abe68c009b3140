// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A source that the job had events of.
    public struct JobSource: TypedValue {
        /// `name`
        public var name: Slice
        /// `sequence`
        public var sequence: Int64
        /// `attempt`
        public var attempt: Int32
        /// `openAttempt`
        public var openAttempt: Int32

        /// A value made by hand.
        @inlinable public init(name: Slice, sequence: Int64 = 0, attempt: Int32 = 0, openAttempt: Int32 = 0) {
            self.name = name
            self.sequence = sequence
            self.attempt = attempt
            self.openAttempt = openAttempt
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.name = try reader.readString()
            self.sequence = try reader.readLong()
            self.attempt = try reader.readInt()
            self.openAttempt = try reader.readInt()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 4) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.name = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.sequence = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.attempt = try fields.isSame(2) ? (reader.readInt()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.openAttempt = try fields.isSame(3) ? (reader.readInt()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            try plan.finish(fields, count: 4, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try reader.skipLong()
            _ = try reader.readInt()
            _ = try reader.readInt()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 40
            room1 &+= Int(self.name.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.name, of: source)
            cursor.writeLong(self.sequence)
            cursor.writeInt(self.attempt)
            cursor.writeInt(self.openAttempt)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 4 }
    }
}
