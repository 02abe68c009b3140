// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// What a client is told.
    public enum JobStatus: Int32, CaseIterable, TypedValue {
        /// `ACCEPTED`
        case accepted
        /// `RUNNING`
        case running
        /// `RETRYING`
        case retrying
        /// `WAITING`
        case waiting
        /// `COMPLETED`
        case completed
        /// `FAILED`
        case failed
        /// `CANCELLED`
        case cancelled
        /// `EXPIRED`
        case expired

        /// The symbol in the schema.
        public var symbol: String {
            switch self {
            case .accepted: "ACCEPTED"
            case .running: "RUNNING"
            case .retrying: "RETRYING"
            case .waiting: "WAITING"
            case .completed: "COMPLETED"
            case .failed: "FAILED"
            case .cancelled: "CANCELLED"
            case .expired: "EXPIRED"
            }
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            switch try reader.readBranch(8) {
            case 0: self = .accepted
            case 1: self = .running
            case 2: self = .retrying
            case 3: self = .waiting
            case 4: self = .completed
            case 5: self = .failed
            case 6: self = .cancelled
            default: self = .expired
            }
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) { writer.writeInt(rawValue) }
        @inlinable public static var bytesMin: Int { 1 }
    }
}
