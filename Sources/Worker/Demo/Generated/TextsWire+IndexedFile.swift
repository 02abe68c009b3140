// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension TextsWire {
    /// One file of the folder, as soon as it is indexed.
    struct IndexedFile: TypedSchema {
        /// Below the folder that was asked for.
        var path: Slice
        /// `bytes`
        var bytes: Int64
        /// `words`
        var words: Int64
        /// Different words.
        var distinct: Int64
        /// The most frequent words.
        var top: AvroArray<WordCount>

        /// A value made by hand.
        init(path: Slice, bytes: Int64, words: Int64, distinct: Int64, top: AvroArray<WordCount> = AvroArray()) {
            self.path = path
            self.bytes = bytes
            self.words = words
            self.distinct = distinct
            self.top = top
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.path = try reader.readString()
            self.bytes = try reader.readLong()
            self.words = try reader.readLong()
            self.distinct = try reader.readLong()
            self.top = try AvroArray<WordCount>(from: &reader)
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 5) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.path = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.bytes = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.words = try fields.isSame(2) ? (reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.distinct = try fields.isSame(3) ? (reader.readLong()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.top = try fields.isSame(4) ? AvroArray<WordCount>(from: &reader) : plan.typed(fields, 4, &reader, &source)
            try plan.finish(fields, count: 5, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try reader.skipLong()
            try reader.skipLong()
            try reader.skipLong()
            try AvroArray<WordCount>.skip(&reader)
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 41
            room1 &+= Int(self.path.count)
            room1 &+= Int(self.top.slice.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.path, of: source)
            cursor.writeLong(self.bytes)
            cursor.writeLong(self.words)
            cursor.writeLong(self.distinct)
            cursor.append(self.top, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 5 }
        static var schemaName: String { "org.example.IndexedFile" }
        static var schemaText: String { #"{"name":"org.example.IndexedFile","type":"record","doc":"One file of the folder, as soon as it is indexed.","fields":[{"name":"path","type":"string","doc":"Below the folder that was asked for."},{"name":"bytes","type":"long"},{"name":"words","type":"long"},{"name":"distinct","type":"long","doc":"Different words."},{"name":"top","type":{"type":"array","items":{"name":"org.example.WordCount","type":"record","fields":[{"name":"word","type":"string","doc":"In lower case."},{"name":"count","type":"long"}]}},"doc":"The most frequent words.","default":[]}]}"# }
    }
}
