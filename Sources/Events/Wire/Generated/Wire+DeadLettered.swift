// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// No attempt could finish it.
    public struct DeadLettered: TypedValue {
        /// `reason`
        public var reason: Slice
        /// `failures`
        public var failures: Int32
        /// `losses`
        public var losses: Int32

        /// A value made by hand.
        @inlinable public init(reason: Slice = .empty, failures: Int32 = 0, losses: Int32 = 0) {
            self.reason = reason
            self.failures = failures
            self.losses = losses
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.reason = try reader.readString()
            self.failures = try reader.readInt()
            self.losses = try reader.readInt()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.reason = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.failures = try fields.isSame(1) ? (reader.readInt()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.losses = try fields.isSame(2) ? (reader.readInt()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            try plan.finish(fields, count: 3, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readInt()
            _ = try reader.readInt()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.reason.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.reason, of: source)
            cursor.writeInt(self.failures)
            cursor.writeInt(self.losses)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 3 }
    }
}
