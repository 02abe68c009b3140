// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A partial result.
    public struct Part: TypedValue {
        /// From 0.
        public var index: Int32
        /// `payload`
        public var payload: Slice

        /// A value made by hand.
        @inlinable public init(index: Int32, payload: Slice = .empty) {
            self.index = index
            self.payload = payload
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.index = try reader.readInt()
            self.payload = reader.readRest()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.index = try fields.isSame(0) ? (reader.readInt()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.payload = try fields.isSameToEnd(1) ? (reader.readRest()) : plan.read(fields, 1, toEnd: true, &reader, &source) { reader throws(AvroError) in reader.readRest() }
            try plan.finish(fields, count: 2, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readInt()
            _ = reader.readRest()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 10
            room1 &+= Int(self.payload.count)
            var cursor = writer.begin(room1)
            cursor.writeInt(self.index)
            cursor.append(self.payload, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 1 }
    }
}
