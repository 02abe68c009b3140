// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// Where the current attempt stands.
    public enum JobPhase: Int32, CaseIterable, TypedValue {
        /// `NEW`
        case new
        /// `OPEN`
        case `open`
        /// `FAILED`
        case failed
        /// `CLOSED`
        case closed
        /// `ENDED`
        case ended

        /// The symbol in the schema.
        public var symbol: String {
            switch self {
            case .new: "NEW"
            case .`open`: "OPEN"
            case .failed: "FAILED"
            case .closed: "CLOSED"
            case .ended: "ENDED"
            }
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            switch try reader.readBranch(5) {
            case 0: self = .new
            case 1: self = .`open`
            case 2: self = .failed
            case 3: self = .closed
            default: self = .ended
            }
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeInt(rawValue) }
        @inlinable public static var bytesMin: Int { 1 }
    }
}
