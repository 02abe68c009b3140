// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// Never claimed, or stalled.
    public struct Expired: TypedValue {
        /// `reason`
        public var reason: Slice

        /// A value made by hand.
        @inlinable public init(reason: Slice = .empty) {
            self.reason = reason
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.reason = try reader.readString()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 1) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.reason = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 1, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.writeBytes(self.reason, of: source)
        }

        @inlinable public static var bytesMin: Int { 1 }
    }
}
