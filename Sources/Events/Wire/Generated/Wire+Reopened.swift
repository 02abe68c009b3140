// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// An operator's retry.
    public struct Reopened: TypedValue {
        /// `by`
        public var by: Slice
        /// A corrected request: 0, the schema id of its request record (4 bytes, big-endian), the bytes of its payload.
        public var payload: Slice?

        /// A value made by hand.
        @inlinable public init(by: Slice = .empty, payload: Slice? = nil) {
            self.by = by
            self.payload = payload
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.by = try reader.readString()
            self.payload = try reader.readBranch(2) == 0 ? nil : reader.readBytes()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.by = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.payload = try fields.isSame(1) ? (reader.readBranch(2) == 0 ? nil : reader.readBytes()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readBytes() }
            try plan.finish(fields, count: 2, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { try reader.skipBytes() }
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 21
            room1 &+= Int(self.by.count)
            room1 &+= (self.payload.map { Int($0.count) } ?? 0)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.by, of: source)
            if let value = self.payload {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 2 }
    }
}
