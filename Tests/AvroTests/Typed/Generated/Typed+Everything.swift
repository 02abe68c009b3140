// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Typed {
    /// One of each.
    /// In two lines.
    struct Everything: TypedSchema {
        /// `flag`
        var flag: Bool
        /// `small`
        var small: Int32
        /// `large`
        var large: Int64
        /// `single`
        var single: Float
        /// `precise`
        var precise: Double
        /// `raw`
        var raw: Slice
        /// `text`
        var text: Slice
        /// `nothing`
        var nothing: AvroNull
        /// `mode`
        var mode: Mode
        /// `digest`
        var digest: Digest
        /// `point`
        var point: Point
        /// `empty`
        var empty: Empty
        /// `maybe`
        var maybe: Slice?
        /// `behind`
        var behind: Int32?
        /// `choice`
        var choice: Choice
        /// `words`
        var words: AvroArray<AvroText>
        /// `holes`
        var holes: AvroArray<Double?>
        /// `behinds`
        var behinds: AvroArray<Behinds>
        /// `mixed`
        var mixed: AvroMap<Mixed>
        /// `grid`
        var grid: AvroArray<AvroArray<Point>>
        /// `nulls`
        var nulls: AvroArray<AvroNull>
        /// `default`
        var `default`: Int32
        /// `source`
        var source: Slice
        /// `reader`
        var reader: Int32
        /// `writer`
        var writer: Int64
        /// `value`
        var value: Int64?

        /// A value made by hand.
        init(flag: Bool, small: Int32, large: Int64, single: Float, precise: Double, raw: Slice, text: Slice, nothing: AvroNull, mode: Mode, digest: Digest, point: Point, empty: Empty, maybe: Slice? = nil, behind: Int32?, choice: Choice, words: AvroArray<AvroText> = AvroArray(), holes: AvroArray<Double?> = AvroArray(), behinds: AvroArray<Behinds> = AvroArray(), mixed: AvroMap<Mixed> = AvroMap(), grid: AvroArray<AvroArray<Point>> = AvroArray(), nulls: AvroArray<AvroNull> = AvroArray(), `default`: Int32 = -1, source: Slice = .empty, reader: Int32 = 0, writer: Int64 = 0, value: Int64? = nil) {
            self.flag = flag
            self.small = small
            self.large = large
            self.single = single
            self.precise = precise
            self.raw = raw
            self.text = text
            self.nothing = nothing
            self.mode = mode
            self.digest = digest
            self.point = point
            self.empty = empty
            self.maybe = maybe
            self.behind = behind
            self.choice = choice
            self.words = words
            self.holes = holes
            self.behinds = behinds
            self.mixed = mixed
            self.grid = grid
            self.nulls = nulls
            self.`default` = `default`
            self.source = source
            self.reader = reader
            self.writer = writer
            self.value = value
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.flag = try reader.readBoolean()
            self.small = try reader.readInt()
            self.large = try reader.readLong()
            self.single = try reader.readFloat()
            self.precise = try reader.readDouble()
            self.raw = try reader.readBytes()
            self.text = try reader.readString()
            self.nothing = try AvroNull(from: &reader)
            self.mode = try Mode(from: &reader)
            self.digest = try Digest(from: &reader)
            self.point = try Point(from: &reader)
            self.empty = try Empty(from: &reader)
            self.maybe = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.behind = try reader.readBranch(2) == 1 ? nil : reader.readInt()
            self.choice = try Choice(from: &reader)
            self.words = try AvroArray<AvroText>(from: &reader)
            self.holes = try AvroArray<Double?>(from: &reader)
            self.behinds = try AvroArray<Behinds>(from: &reader)
            self.mixed = try AvroMap<Mixed>(from: &reader)
            self.grid = try AvroArray<AvroArray<Point>>(from: &reader)
            self.nulls = try AvroArray<AvroNull>(from: &reader)
            self.`default` = try reader.readInt()
            self.source = try reader.readString()
            self.reader = try reader.readInt()
            self.writer = try reader.readLong()
            self.value = try reader.readBranch(2) == 0 ? nil : reader.readLong()
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readBoolean()
            _ = try reader.readInt()
            try reader.skipLong()
            _ = try reader.readFloat()
            _ = try reader.readDouble()
            try reader.skipBytes()
            _ = try reader.readString()
            try AvroNull.skip(&reader)
            try Mode.skip(&reader)
            try Digest.skip(&reader)
            try Point.skip(&reader)
            try Empty.skip(&reader)
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            if try reader.readBranch(2) != 1 { _ = try reader.readInt() }
            try Choice.skip(&reader)
            try AvroArray<AvroText>.skip(&reader)
            try AvroArray<Double?>.skip(&reader)
            try AvroArray<Behinds>.skip(&reader)
            try AvroMap<Mixed>.skip(&reader)
            try AvroArray<AvroArray<Point>>.skip(&reader)
            try AvroArray<AvroNull>.skip(&reader)
            _ = try reader.readInt()
            _ = try reader.readString()
            _ = try reader.readInt()
            try reader.skipLong()
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 70
            room1 &+= Int(self.raw.count)
            room1 &+= Int(self.text.count)
            var cursor = writer.begin(room1)
            cursor.writeBoolean(self.flag)
            cursor.writeInt(self.small)
            cursor.writeLong(self.large)
            cursor.writeFloat(self.single)
            cursor.writeDouble(self.precise)
            cursor.writeBytes(self.raw, of: source)
            cursor.writeBytes(self.text, of: source)
            writer.end(cursor)
            self.nothing.encode(to: &writer, source: source)
            let room2 = 14
            var cursor2 = writer.begin(room2)
            cursor2.writeInt(self.mode.rawValue)
            cursor2.append(self.digest.slice, of: source)
            writer.end(cursor2)
            self.point.encode(to: &writer, source: source)
            self.empty.encode(to: &writer, source: source)
            var room3 = 22
            room3 &+= (self.maybe.map { Int($0.count) } ?? 0)
            var cursor3 = writer.begin(room3)
            if let value = self.maybe {
                cursor3.writeByte(2)
                cursor3.writeBytes(value, of: source)
            } else {
                cursor3.writeByte(0)
            }
            if let value = self.behind {
                cursor3.writeByte(0)
                cursor3.writeInt(value)
            } else {
                cursor3.writeByte(2)
            }
            writer.end(cursor3)
            self.choice.encode(to: &writer, source: source)
            var room4 = 57
            room4 &+= Int(self.words.slice.count)
            room4 &+= Int(self.holes.slice.count)
            room4 &+= Int(self.behinds.slice.count)
            room4 &+= Int(self.mixed.slice.count)
            room4 &+= Int(self.grid.slice.count)
            room4 &+= Int(self.nulls.slice.count)
            room4 &+= Int(self.source.count)
            var cursor4 = writer.begin(room4)
            cursor4.append(self.words, of: source)
            cursor4.append(self.holes, of: source)
            cursor4.append(self.behinds, of: source)
            cursor4.append(self.mixed, of: source)
            cursor4.append(self.grid, of: source)
            cursor4.append(self.nulls, of: source)
            cursor4.writeInt(self.`default`)
            cursor4.writeBytes(self.source, of: source)
            cursor4.writeInt(self.reader)
            cursor4.writeLong(self.writer)
            if let value = self.value {
                cursor4.writeByte(2)
                cursor4.writeLong(value)
            } else {
                cursor4.writeByte(0)
            }
            writer.end(cursor4)
        }

        static var bytesMin: Int { 45 }
        static var schemaName: String { "org.example.typed.Everything" }
        static var schemaText: String { #"{"name":"org.example.typed.Everything","type":"record","doc":"One of each.\nIn two lines.","fields":[{"name":"flag","type":"boolean"},{"name":"small","type":"int"},{"name":"large","type":"long"},{"name":"single","type":"float"},{"name":"precise","type":"double"},{"name":"raw","type":"bytes"},{"name":"text","type":"string"},{"name":"nothing","type":"null"},{"name":"mode","type":{"name":"org.example.typed.Mode","type":"enum","symbols":["NOT_FOUND","default","self","NotFound"]}},{"name":"digest","type":{"name":"org.example.typed.Digest","type":"fixed","size":4}},{"name":"point","type":{"name":"org.example.typed.Point","type":"record","fields":[{"name":"x","type":"int"},{"name":"y","type":"double","default":0}]}},{"name":"empty","type":{"name":"org.example.typed.Empty","type":"record","fields":[]}},{"name":"maybe","type":["null","string"],"default":null},{"name":"behind","type":["int","null"],"default":3},{"name":"choice","type":["null","string","int","org.example.typed.Point",{"type":"array","items":"long"}],"default":null},{"name":"words","type":{"type":"array","items":"string"},"default":[]},{"name":"holes","type":{"type":"array","items":["null","double"]},"default":[]},{"name":"behinds","type":{"type":"array","items":["string","null"]},"default":[]},{"name":"mixed","type":{"type":"map","values":["int","bytes"]},"default":{}},{"name":"grid","type":{"type":"array","items":{"type":"array","items":"org.example.typed.Point"}},"default":[]},{"name":"nulls","type":{"type":"array","items":"null"},"default":[]},{"name":"default","type":"int","default":-1},{"name":"source","type":"string","default":""},{"name":"reader","type":"int","default":0},{"name":"writer","type":"long","default":0},{"name":"value","type":["null","long"],"default":null}]}"# }

        /// What `choice` can be.
        enum Choice: TypedValue {
            /// Branch 0
            case null
            /// Branch 1
            case string(Slice)
            /// Branch 2
            case int(Int32)
            /// Branch 3
            case point(Point)
            /// Branch 4
            case array(AvroArray<Int64>)

            init(from reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(5) {
                case 0: self = .null
                case 1: self = .string(try reader.readString())
                case 2: self = .int(try reader.readInt())
                case 3: self = .point(try Point(from: &reader))
                default: self = .array(try AvroArray<Int64>(from: &reader))
                }
            }

            static func skip(_ reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(5) {
                case 0: break
                case 1: _ = try reader.readString()
                case 2: _ = try reader.readInt()
                case 3: try Point.skip(&reader)
                default: try AvroArray<Int64>.skip(&reader)
                }
            }

            func encode(to writer: inout AvroWriter, source: RawSpan) {
                switch self {
                case .null:
                    writer.writeByte(0)
                case .string(let value):
                    writer.writeByte(2)
                    writer.writeBytes(value, of: source)
                case .int(let value):
                    writer.writeByte(4)
                    writer.writeInt(value)
                case .point(let value):
                    writer.writeByte(6)
                    value.encode(to: &writer, source: source)
                case .array(let value):
                    writer.writeByte(8)
                    value.encode(to: &writer, source: source)
                }
            }

            static var bytesMin: Int { 1 }
        }

        /// What `behinds` can be.
        enum Behinds: TypedValue {
            /// Branch 0
            case string(Slice)
            /// Branch 1
            case null

            init(from reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(2) {
                case 0: self = .string(try reader.readString())
                default: self = .null
                }
            }

            static func skip(_ reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(2) {
                case 0: _ = try reader.readString()
                default: break
                }
            }

            func encode(to writer: inout AvroWriter, source: RawSpan) {
                switch self {
                case .string(let value):
                    writer.writeByte(0)
                    writer.writeBytes(value, of: source)
                case .null:
                    writer.writeByte(2)
                }
            }

            static var bytesMin: Int { 1 }
        }

        /// What `mixed` can be.
        enum Mixed: TypedValue {
            /// Branch 0
            case int(Int32)
            /// Branch 1
            case bytes(Slice)

            init(from reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(2) {
                case 0: self = .int(try reader.readInt())
                default: self = .bytes(try reader.readBytes())
                }
            }

            static func skip(_ reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(2) {
                case 0: _ = try reader.readInt()
                default: try reader.skipBytes()
                }
            }

            func encode(to writer: inout AvroWriter, source: RawSpan) {
                switch self {
                case .int(let value):
                    writer.writeByte(0)
                    writer.writeInt(value)
                case .bytes(let value):
                    writer.writeByte(2)
                    writer.writeBytes(value, of: source)
                }
            }

            static var bytesMin: Int { 2 }
        }
    }
}
