// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension TextsWire {
    /// `org.example.IndexRequest`
    struct IndexRequest: TypedSchema {
        /// Below the folder for files; empty: that folder itself.
        var folder: Slice
        /// Which file names count: * is any text, ? one character.
        var pattern: Slice
        /// How many of the most frequent words to list.
        var topWords: Int32
        /// Files beyond it are skipped.
        var filesMax: Int32
        /// Larger files are skipped.
        var fileBytesMax: Int64

        /// A value made by hand.
        init(folder: Slice, pattern: Slice, topWords: Int32 = 20, filesMax: Int32 = 10000, fileBytesMax: Int64 = 16777216) {
            self.folder = folder
            self.pattern = pattern
            self.topWords = topWords
            self.filesMax = filesMax
            self.fileBytesMax = fileBytesMax
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.folder = try reader.readString()
            self.pattern = try reader.readString()
            self.topWords = try reader.readInt()
            self.filesMax = try reader.readInt()
            self.fileBytesMax = try reader.readLong()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 5) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.folder = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.pattern = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.topWords = try fields.isSame(2) ? (reader.readInt()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.filesMax = try fields.isSame(3) ? (reader.readInt()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.fileBytesMax = try fields.isSame(4) ? (reader.readLong()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            try plan.finish(fields, count: 5, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
            _ = try reader.readInt()
            _ = try reader.readInt()
            try reader.skipLong()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 50
            room1 &+= Int(self.folder.count)
            room1 &+= Int(self.pattern.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.folder, of: source)
            cursor.writeBytes(self.pattern, of: source)
            cursor.writeInt(self.topWords)
            cursor.writeInt(self.filesMax)
            cursor.writeLong(self.fileBytesMax)
            writer.end(cursor)
        }

        static var bytesMin: Int { 5 }
        static var schemaName: String { "org.example.IndexRequest" }
        static var schemaText: String { #"{"name":"org.example.IndexRequest","type":"record","fields":[{"name":"folder","type":"string","doc":"Below the folder for files; empty: that folder itself."},{"name":"pattern","type":"string","doc":"Which file names count: * is any text, ? one character.","default":"*"},{"name":"topWords","type":"int","doc":"How many of the most frequent words to list.","default":20},{"name":"filesMax","type":"int","doc":"Files beyond it are skipped.","default":10000},{"name":"fileBytesMax","type":"long","doc":"Larger files are skipped.","default":16777216}]}"# }
    }
}
