// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension DemoWire {
    /// The answer of demo.echo.
    struct Echo: TypedSchema {
        /// The text of the request.
        var text: Slice

        /// A value made by hand.
        init(text: Slice) {
            self.text = text
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.text = try reader.readString()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 1) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.text = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 1, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.writeBytes(self.text, of: source)
        }

        static var bytesMin: Int { 1 }
        static var schemaName: String { "org.example.Echo" }
        static var schemaText: String { #"{"name":"org.example.Echo","type":"record","doc":"The answer of demo.echo.","fields":[{"name":"text","type":"string","doc":"The text of the request."}]}"# }
    }
}
