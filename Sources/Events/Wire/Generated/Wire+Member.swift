// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// The owner of a partition: rejoinder.members.
    public struct Member: TypedValue {
        /// `node`
        public var node: Slice
        /// Where its interface answers.
        public var address: Slice

        /// A value made by hand.
        @inlinable public init(node: Slice, address: Slice = .empty) {
            self.node = node
            self.address = address
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.node = try reader.readString()
            self.address = try reader.readString()
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.node.count)
            room1 &+= Int(self.address.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.node, of: source)
            cursor.writeBytes(self.address, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 2 }
    }
}
