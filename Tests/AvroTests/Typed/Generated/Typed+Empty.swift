// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Typed {
    /// `org.example.typed.Empty`
    struct Empty: TypedSchema {
        /// A value made by hand.
        init() {}

        init(from reader: inout AvroReader) throws(AvroError) {
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
        }

        static var bytesMin: Int { 0 }
        static var schemaName: String { "org.example.typed.Empty" }
        static var schemaText: String { #"{"name":"org.example.typed.Empty","type":"record","fields":[]}"# }
    }
}
