// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A signal that reached the job.
    public struct JobSignal: TypedValue {
        /// `name`
        public var name: Slice
        /// `by`
        public var by: Slice
        /// JSON.
        public var value: Slice

        /// A value made by hand.
        @inlinable public init(name: Slice, by: Slice = .empty, value: Slice = .empty) {
            self.name = name
            self.by = by
            self.value = value
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.name = try reader.readString()
            self.by = try reader.readString()
            self.value = try reader.readBytes()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.name = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.by = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.value = try fields.isSame(2) ? (reader.readBytes()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readBytes() }
            try plan.finish(fields, count: 3, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
            try reader.skipBytes()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
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

        @inlinable public static var bytesMin: Int { 3 }
    }
}
