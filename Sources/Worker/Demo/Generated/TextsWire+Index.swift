// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension TextsWire {
    /// The answer of texts.index.
    struct Index: TypedSchema {
        /// `files`
        var files: Int64
        /// Files that are not text, cannot be read, or lie beyond a limit.
        var skipped: Int64
        /// `bytes`
        var bytes: Int64
        /// `words`
        var words: Int64
        /// Different words in all files.
        var distinct: Int64
        /// The most frequent words of all files.
        var top: AvroArray<WordCount>
        /// The index as a file, below /files/; null when the worker has no folder for files.
        var indexUrl: Slice?

        /// A value made by hand.
        init(files: Int64, skipped: Int64 = 0, bytes: Int64, words: Int64, distinct: Int64, top: AvroArray<WordCount> = AvroArray(), indexUrl: Slice? = nil) {
            self.files = files
            self.skipped = skipped
            self.bytes = bytes
            self.words = words
            self.distinct = distinct
            self.top = top
            self.indexUrl = indexUrl
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.files = try reader.readLong()
            self.skipped = try reader.readLong()
            self.bytes = try reader.readLong()
            self.words = try reader.readLong()
            self.distinct = try reader.readLong()
            self.top = try AvroArray<WordCount>(from: &reader)
            self.indexUrl = try reader.readBranch(2) == 0 ? nil : reader.readString()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 7) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.files = try fields.isSame(0) ? (reader.readLong()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.skipped = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.bytes = try fields.isSame(2) ? (reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.words = try fields.isSame(3) ? (reader.readLong()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.distinct = try fields.isSame(4) ? (reader.readLong()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.top = try fields.isSame(5) ? AvroArray<WordCount>(from: &reader) : plan.typed(fields, 5, &reader, &source)
            self.indexUrl = try fields.isSame(6) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 6, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            try plan.finish(fields, count: 7, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            try reader.skipLong()
            try reader.skipLong()
            try reader.skipLong()
            try reader.skipLong()
            try reader.skipLong()
            try AvroArray<WordCount>.skip(&reader)
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 62
            room1 &+= Int(self.top.slice.count)
            room1 &+= (self.indexUrl.map { Int($0.count) } ?? 0)
            var cursor = writer.begin(room1)
            cursor.writeLong(self.files)
            cursor.writeLong(self.skipped)
            cursor.writeLong(self.bytes)
            cursor.writeLong(self.words)
            cursor.writeLong(self.distinct)
            cursor.append(self.top, of: source)
            if let value = self.indexUrl {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            writer.end(cursor)
        }

        static var bytesMin: Int { 7 }
        static var schemaName: String { "org.example.Index" }
        static var schemaText: String { #"{"name":"org.example.Index","type":"record","doc":"The answer of texts.index.","fields":[{"name":"files","type":"long"},{"name":"skipped","type":"long","doc":"Files that are not text, cannot be read, or lie beyond a limit.","default":0},{"name":"bytes","type":"long"},{"name":"words","type":"long"},{"name":"distinct","type":"long","doc":"Different words in all files."},{"name":"top","type":{"type":"array","items":{"name":"org.example.WordCount","type":"record","fields":[{"name":"word","type":"string","doc":"In lower case."},{"name":"count","type":"long"}]}},"doc":"The most frequent words of all files.","default":[]},{"name":"indexUrl","type":["null","string"],"doc":"The index as a file, below /files/; null when the worker has no folder for files.","default":null}]}"# }
    }
}
