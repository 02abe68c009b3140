// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Typed {
    /// `org.example.typed.Outcome`
    struct Outcome: TypedValue {
        /// `code`
        var code: Slice
        /// `details`
        var details: Slice

        /// A value made by hand.
        init(code: Slice, details: Slice = .empty) {
            self.code = code
            self.details = details
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.code = try reader.readString()
            self.details = reader.readRest()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.code = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.details = try fields.isSameToEnd(1) ? (reader.readRest()) : plan.read(fields, 1, toEnd: true, &reader, &source) { reader throws(AvroError) in reader.readRest() }
            try plan.finish(fields, count: 2, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = reader.readRest()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 10
            room1 &+= Int(self.code.count)
            room1 &+= Int(self.details.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.code, of: source)
            cursor.append(self.details, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 1 }
    }
}
