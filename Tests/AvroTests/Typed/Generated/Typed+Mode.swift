// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Typed {
    /// `org.example.typed.Mode`
    enum Mode: Int32, CaseIterable, TypedSchema {
        /// `NOT_FOUND`
        case NOT_FOUND
        /// `default`
        case `default`
        /// `self`
        case `self`
        /// `NotFound`
        case NotFound

        /// The symbol in the schema.
        var symbol: String {
            switch self {
            case .NOT_FOUND: "NOT_FOUND"
            case .`default`: "default"
            case .`self`: "self"
            case .NotFound: "NotFound"
            }
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            switch try reader.readBranch(4) {
            case 0: self = .NOT_FOUND
            case 1: self = .`default`
            case 2: self = .`self`
            default: self = .NotFound
            }
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeInt(rawValue) }
        static var bytesMin: Int { 1 }
        static var schemaName: String { "org.example.typed.Mode" }
        static var schemaText: String { #"{"name":"org.example.typed.Mode","type":"enum","symbols":["NOT_FOUND","default","self","NotFound"]}"# }
    }
}
