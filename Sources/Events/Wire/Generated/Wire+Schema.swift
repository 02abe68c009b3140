// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A registered schema: rejoinder.schemas.
    public struct Schema: TypedValue {
        /// `subject`
        public var subject: Slice
        /// `id`
        public var id: Int32
        /// The schema's text.
        public var schema: Slice

        /// A value made by hand.
        @inlinable public init(subject: Slice, id: Int32, schema: Slice) {
            self.subject = subject
            self.id = id
            self.schema = schema
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.subject = try reader.readString()
            self.id = try reader.readInt()
            self.schema = try reader.readString()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.subject = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.id = try fields.isSame(1) ? (reader.readInt()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.schema = try fields.isSame(2) ? (reader.readString()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 3, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readInt()
            _ = try reader.readString()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.subject.count)
            room1 &+= Int(self.schema.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.subject, of: source)
            cursor.writeInt(self.id)
            cursor.writeBytes(self.schema, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 3 }
    }
}
