// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Typed {
    /// `org.example.typed.Digest`: 4 bytes.
    struct Digest: TypedSchema, Hashable {
        /// Where the bytes are.
        var slice: Slice

        /// A value that lies in a source; `slice` has 4 bytes.
        init(_ slice: Slice) {
            precondition(slice.count == 4)
            self.slice = slice
        }
        init(from reader: inout AvroReader) throws(AvroError) { slice = try reader.readFixed(4) }
        func encode(to writer: inout AvroWriter, source: RawSpan) { writer.append(slice, of: source) }
        static var bytesMin: Int { 4 }
        static var schemaName: String { "org.example.typed.Digest" }
        static var schemaText: String { #"{"name":"org.example.typed.Digest","type":"fixed","size":4}"# }
    }
}
