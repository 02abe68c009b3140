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
