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

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 0) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            try plan.finish(fields, count: 0, &reader)
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
