// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A part that an operation types.
    public struct TypedBytes: TypedValue {
        /// The id of the schema of the record that it came in.
        public var schema: Int32
        /// The Avro bytes of that record's typed part.
        public var bytes: Slice

        /// A value made by hand.
        @inlinable public init(schema: Int32, bytes: Slice) {
            self.schema = schema
            self.bytes = bytes
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.schema = try reader.readInt()
            self.bytes = try reader.readBytes()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.schema = try fields.isSame(0) ? (reader.readInt()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.bytes = try fields.isSame(1) ? (reader.readBytes()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readBytes() }
            try plan.finish(fields, count: 2, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readInt()
            try reader.skipBytes()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.bytes.count)
            var cursor = writer.begin(room1)
            cursor.writeInt(self.schema)
            cursor.writeBytes(self.bytes, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 2 }
    }
}
