// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// The handler waits for a signal.
    public struct Waiting: TypedValue {
        /// `name`
        public var name: Slice
        /// `until`
        public var until: Int64?
        /// `message`
        public var message: Slice

        /// A value made by hand.
        @inlinable public init(name: Slice, until: Int64? = nil, message: Slice = .empty) {
            self.name = name
            self.until = until
            self.message = message
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.name = try reader.readString()
            self.until = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.message = try reader.readString()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.name = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.until = try fields.isSame(1) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.message = try fields.isSame(2) ? (reader.readString()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 3, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            _ = try reader.readString()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 31
            room1 &+= Int(self.name.count)
            room1 &+= Int(self.message.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.name, of: source)
            if let value = self.until {
                cursor.writeByte(2)
                cursor.writeLong(value)
            } else {
                cursor.writeByte(0)
            }
            cursor.writeBytes(self.message, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 3 }
    }
}
