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

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.writeBytes(self.reason, of: source)
        }

        @inlinable public static var bytesMin: Int { 1 }
    }
}
