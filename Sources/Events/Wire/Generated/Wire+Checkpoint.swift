// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// JSON that the next attempt's handler gets.
    public struct Checkpoint: TypedValue {
        /// Empty: the handler's own checkpoint; else the step whose result it is.
        public var step: Slice
        /// `value`
        public var value: Slice

        /// A value made by hand.
        @inlinable public init(step: Slice = .empty, value: Slice = .empty) {
            self.step = step
            self.value = value
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.step = try reader.readString()
            self.value = try reader.readBytes()
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try reader.skipBytes()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.writeBytes(self.step, of: source)
            writer.writeBytes(self.value, of: source)
        }

        @inlinable public static var bytesMin: Int { 2 }
    }
}
