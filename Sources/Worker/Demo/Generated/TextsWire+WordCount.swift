// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension TextsWire {
    /// `org.example.WordCount`
    struct WordCount: TypedSchema {
        /// In lower case.
        var word: Slice
        /// `count`
        var count: Int64

        /// A value made by hand.
        init(word: Slice, count: Int64) {
            self.word = word
            self.count = count
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.word = try reader.readString()
            self.count = try reader.readLong()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 2) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.word = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.count = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            try plan.finish(fields, count: 2, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try reader.skipLong()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.word.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.word, of: source)
            cursor.writeLong(self.count)
            writer.end(cursor)
        }

        static var bytesMin: Int { 2 }
        static var schemaName: String { "org.example.WordCount" }
        static var schemaText: String { #"{"name":"org.example.WordCount","type":"record","fields":[{"name":"word","type":"string","doc":"In lower case."},{"name":"count","type":"long"}]}"# }
    }
}
