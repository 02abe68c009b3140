// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension ReportsWire {
    /// What all values of a column are; one value that is no number makes it TEXT.
    enum ColumnKind: Int32, CaseIterable, TypedSchema {
        /// `EMPTY`
        case empty
        /// `NUMBER`
        case number
        /// `TEXT`
        case text

        /// The symbol in the schema.
        var symbol: String {
            switch self {
            case .empty: "EMPTY"
            case .number: "NUMBER"
            case .text: "TEXT"
            }
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            switch try reader.readBranch(3) {
            case 0: self = .empty
            case 1: self = .number
            default: self = .text
            }
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeInt(rawValue) }
        static var bytesMin: Int { 1 }
        static var schemaName: String { "org.example.ColumnKind" }
        static var schemaText: String { #"{"name":"org.example.ColumnKind","type":"enum","doc":"What all values of a column are; one value that is no number makes it TEXT.","symbols":["EMPTY","NUMBER","TEXT"]}"# }
    }
}
