// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// The job was cancelled.
    struct Cancelled: TypedValue {
        /// `reason`
        var reason: Slice

        /// A value made by hand.
        init(reason: Slice = .empty) {
            self.reason = reason
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.reason = try reader.readString()
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.writeBytes(self.reason, of: source)
        }

        static var bytesMin: Int { 1 }
    }
}
