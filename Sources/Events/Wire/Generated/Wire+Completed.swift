// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// The job is done.
    public struct Completed: TypedValue {
        /// `payload`
        public var payload: Slice

        /// A value made by hand.
        @inlinable public init(payload: Slice = .empty) {
            self.payload = payload
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.payload = reader.readRest()
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = reader.readRest()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.append(self.payload, of: source)
        }

        @inlinable public static var bytesMin: Int { 0 }
    }
}
