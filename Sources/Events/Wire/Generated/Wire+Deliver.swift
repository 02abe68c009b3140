// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// From the correlator to a worker: all signals of the take's job.
    public struct Deliver: TypedValue {
        /// `take`
        public var take: Slice
        /// `signals`
        public var signals: AvroArray<Signal>

        /// A value made by hand.
        @inlinable public init(take: Slice, signals: AvroArray<Signal> = AvroArray()) {
            self.take = take
            self.signals = signals
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.take = try reader.readString()
            self.signals = try AvroArray<Signal>(from: &reader)
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.take = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.signals = try fields.isSame(1) ? AvroArray<Signal>(from: &reader) : plan.typed(fields, 1, &reader, &source)
            try plan.finish(fields, count: 2, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try AvroArray<Signal>.skip(&reader)
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 11
            room1 &+= Int(self.take.count)
            room1 &+= Int(self.signals.slice.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.take, of: source)
            cursor.append(self.signals, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 2 }
    }
}
