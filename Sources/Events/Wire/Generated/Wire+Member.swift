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

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.node = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.address = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 2, &reader)
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
