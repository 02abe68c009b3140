// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// JSON that the next attempt's handler gets.
    public struct Checkpoint: TypedValue {
        /// Empty: the handler's own checkpoint; else the step whose result it is.
        public var step: Slice
        /// `value`
        public var value: Slice

        /// A value made by hand.
        @inlinable public init(step: Slice = .empty, value: Slice = .empty) {
            self.step = step
            self.value = value
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.step = try reader.readString()
            self.value = try reader.readBytes()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.step = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.value = try fields.isSame(1) ? (reader.readBytes()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readBytes() }
            try plan.finish(fields, count: 2, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try reader.skipBytes()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.step.count)
            room1 &+= Int(self.value.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.step, of: source)
            cursor.writeBytes(self.value, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 2 }
    }
}
