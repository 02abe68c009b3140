// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Typed {
    /// `org.example.typed.Point`
    struct Point: TypedSchema {
        /// `x`
        var x: Int32
        /// `y`
        var y: Double

        /// A value made by hand.
        init(x: Int32, y: Double = 0) {
            self.x = x
            self.y = y
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.x = try reader.readInt()
            self.y = try reader.readDouble()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.x = try fields.isSame(0) ? (reader.readInt()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.y = try fields.isSame(1) ? (reader.readDouble()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readDouble() }
            try plan.finish(fields, count: 2, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readInt()
            _ = try reader.readDouble()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            let room1 = 20
            var cursor = writer.begin(room1)
            cursor.writeInt(self.x)
            cursor.writeDouble(self.y)
            writer.end(cursor)
        }

        static var bytesMin: Int { 9 }
        static var schemaName: String { "org.example.typed.Point" }
        static var schemaText: String { #"{"name":"org.example.typed.Point","type":"record","fields":[{"name":"x","type":"int"},{"name":"y","type":"double","default":0}]}"# }
    }
}
