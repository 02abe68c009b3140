// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// An error that the operation declares.
    public struct DeclaredDetails: TypedValue {
        /// Its name.
        public var type: Slice
        /// Its branch in the union of details.
        public var branch: Int32
        /// `value`
        public var value: TypedBytes

        /// A value made by hand.
        @inlinable public init(type: Slice, branch: Int32, value: TypedBytes) {
            self.type = type
            self.branch = branch
            self.value = value
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.type = try reader.readString()
            self.branch = try reader.readInt()
            self.value = try TypedBytes(from: &reader)
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.type = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.branch = try fields.isSame(1) ? (reader.readInt()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.value = try fields.isSame(2) ? TypedBytes(from: &reader) : plan.typed(fields, 2, &reader, &source)
            try plan.finish(fields, count: 3, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readInt()
            try TypedBytes.skip(&reader)
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.type.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.type, of: source)
            cursor.writeInt(self.branch)
            writer.end(cursor)
            self.value.encode(to: &writer, source: source)
        }

        @inlinable public static var bytesMin: Int { 4 }
    }
}
