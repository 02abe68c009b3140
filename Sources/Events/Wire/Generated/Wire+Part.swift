// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A partial result.
    public struct Part: TypedValue {
        /// From 0.
        public var index: Int32
        /// `payload`
        public var payload: Slice

        /// A value made by hand.
        @inlinable public init(index: Int32, payload: Slice = .empty) {
            self.index = index
            self.payload = payload
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.index = try reader.readInt()
            self.payload = reader.readRest()
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readInt()
            _ = reader.readRest()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.writeInt(self.index)
            writer.append(self.payload, of: source)
        }

        @inlinable public static var bytesMin: Int { 1 }
    }
}
