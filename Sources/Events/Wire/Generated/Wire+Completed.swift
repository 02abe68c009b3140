// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// The job is done.
    public struct Completed: TypedValue {
        /// `payload`
        public var payload: Slice

        /// A value made by hand.
        @inlinable public init(payload: Slice = .empty) {
            self.payload = payload
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.payload = reader.readRest()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 1) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.payload = try fields.isSameToEnd(0) ? (reader.readRest()) : plan.read(fields, 0, toEnd: true, &reader, &source) { reader throws(AvroError) in reader.readRest() }
            try plan.finish(fields, count: 1, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = reader.readRest()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.append(self.payload, of: source)
        }

        @inlinable public static var bytesMin: Int { 0 }
    }
}
