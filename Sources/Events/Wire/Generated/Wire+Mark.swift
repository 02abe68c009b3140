// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// Complete up to the record's offsets: every job that changed before lies before it.
    public struct Mark: TypedValue {
        /// A value made by hand.
        @inlinable public init() {}

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 0) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            try plan.finish(fields, count: 0, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
        }

        @inlinable public static var bytesMin: Int { 0 }
    }
}
