// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// The job is done.
    struct Completed: TypedValue {
        /// `payload`
        var payload: Slice

        /// A value made by hand.
        init(payload: Slice = .empty) {
            self.payload = payload
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.payload = reader.readRest()
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = reader.readRest()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.append(self.payload, of: source)
        }

        static var bytesMin: Int { 0 }
    }
}
