// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// An event that waits for a request record.
    public struct KeptEvent: TypedValue {
        /// The id of the schema of its typed part; 0: it has none.
        public var schema: Int32
        /// The name of the declared error in it, if there is one.
        public var declaredType: Slice
        /// Its body as in the operation's responses topic.
        public var response: Slice

        /// A value made by hand.
        @inlinable public init(schema: Int32 = 0, declaredType: Slice = .empty, response: Slice) {
            self.schema = schema
            self.declaredType = declaredType
            self.response = response
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.schema = try reader.readInt()
            self.declaredType = try reader.readString()
            self.response = try reader.readBytes()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.schema = try fields.isSame(0) ? (reader.readInt()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.declaredType = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.response = try fields.isSame(2) ? (reader.readBytes()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readBytes() }
            try plan.finish(fields, count: 3, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readInt()
            _ = try reader.readString()
            try reader.skipBytes()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.declaredType.count)
            room1 &+= Int(self.response.count)
            var cursor = writer.begin(room1)
            cursor.writeInt(self.schema)
            cursor.writeBytes(self.declaredType, of: source)
            cursor.writeBytes(self.response, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 3 }
    }
}
