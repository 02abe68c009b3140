// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension DemoWire {
    /// `org.example.EchoRequest`
    struct EchoRequest: TypedSchema {
        /// What comes back.
        var text: Slice
        /// How long to take, with progress on the way.
        var seconds: Double
        /// How many of the first attempts fail with an error that may be retried.
        var failures: Int32

        /// A value made by hand.
        init(text: Slice, seconds: Double = 0, failures: Int32 = 0) {
            self.text = text
            self.seconds = seconds
            self.failures = failures
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.text = try reader.readString()
            self.seconds = try reader.readDouble()
            self.failures = try reader.readInt()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.text = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.seconds = try fields.isSame(1) ? (reader.readDouble()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readDouble() }
            self.failures = try fields.isSame(2) ? (reader.readInt()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            try plan.finish(fields, count: 3, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readDouble()
            _ = try reader.readInt()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.text.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.text, of: source)
            cursor.writeDouble(self.seconds)
            cursor.writeInt(self.failures)
            writer.end(cursor)
        }

        static var bytesMin: Int { 10 }
        static var schemaName: String { "org.example.EchoRequest" }
        static var schemaText: String { #"{"name":"org.example.EchoRequest","type":"record","fields":[{"name":"text","type":"string","doc":"What comes back."},{"name":"seconds","type":"double","doc":"How long to take, with progress on the way.","default":0},{"name":"failures","type":"int","doc":"How many of the first attempts fail with an error that may be retried.","default":0}]}"# }
    }
}
