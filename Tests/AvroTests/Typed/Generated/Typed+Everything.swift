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
        var value: Slice?

        /// A value made by hand.
        init(flag: Bool, small: Int32, large: Int64, single: Float, precise: Double, raw: Slice, text: Slice, nothing: AvroNull, mode: Mode, digest: Digest, point: Point, empty: Empty, behind: Int32?, choice: Choice, words: AvroArray<AvroText> = AvroArray(), holes: AvroArray<Double?> = AvroArray(), behinds: AvroArray<Behinds> = AvroArray(), mixed: AvroMap<Mixed> = AvroMap(), grid: AvroArray<AvroArray<Point>> = AvroArray(), nulls: AvroArray<AvroNull> = AvroArray(), `default`: Int32 = -1, source: Slice = .empty, reader: Int32 = 0, writer: Int64 = 0, value: Slice? = nil) {
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
            self.value = try reader.readBranch(2) == 0 ? nil : reader.readString()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 25) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.flag = try fields.isSame(0) ? (reader.readBoolean()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readBoolean() }
            self.small = try fields.isSame(1) ? (reader.readInt()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.large = try fields.isSame(2) ? (reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.single = try fields.isSame(3) ? (reader.readFloat()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readFloat() }
            self.precise = try fields.isSame(4) ? (reader.readDouble()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readDouble() }
            self.raw = try fields.isSame(5) ? (reader.readBytes()) : plan.read(fields, 5, &reader, &source) { reader throws(AvroError) in try reader.readBytes() }
            self.text = try fields.isSame(6) ? (reader.readString()) : plan.read(fields, 6, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.nothing = try fields.isSame(7) ? AvroNull(from: &reader) : plan.typed(fields, 7, &reader, &source)
            self.mode = try fields.isSame(8) ? Mode(from: &reader) : plan.typed(fields, 8, &reader, &source)
            self.digest = try fields.isSame(9) ? Digest(from: &reader) : plan.typed(fields, 9, &reader, &source)
            self.point = try fields.isSame(10) ? Point(from: &reader) : plan.typed(fields, 10, &reader, &source)
            self.empty = try fields.isSame(11) ? Empty(from: &reader) : plan.typed(fields, 11, &reader, &source)
            self.behind = try fields.isSame(12) ? (reader.readBranch(2) == 1 ? nil : reader.readInt()) : plan.read(fields, 12, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 1 ? nil : reader.readInt() }
            self.choice = try fields.isSame(13) ? Choice(from: &reader) : plan.typed(fields, 13, &reader, &source)
            self.words = try fields.isSame(14) ? AvroArray<AvroText>(from: &reader) : plan.typed(fields, 14, &reader, &source)
            self.holes = try fields.isSame(15) ? AvroArray<Double?>(from: &reader) : plan.typed(fields, 15, &reader, &source)
            self.behinds = try fields.isSame(16) ? AvroArray<Behinds>(from: &reader) : plan.typed(fields, 16, &reader, &source)
            self.mixed = try fields.isSame(17) ? AvroMap<Mixed>(from: &reader) : plan.typed(fields, 17, &reader, &source)
            self.grid = try fields.isSame(18) ? AvroArray<AvroArray<Point>>(from: &reader) : plan.typed(fields, 18, &reader, &source)
            self.nulls = try fields.isSame(19) ? AvroArray<AvroNull>(from: &reader) : plan.typed(fields, 19, &reader, &source)
            self.`default` = try fields.isSame(20) ? (reader.readInt()) : plan.read(fields, 20, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.source = try fields.isSame(21) ? (reader.readString()) : plan.read(fields, 21, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.reader = try fields.isSame(22) ? (reader.readInt()) : plan.read(fields, 22, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.writer = try fields.isSame(23) ? (reader.readLong()) : plan.read(fields, 23, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.value = try fields.isSame(24) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 24, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            try plan.finish(fields, count: 25, &reader)
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
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
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
            if let value = self.behind {
                writer.writeByte(0)
                writer.writeInt(value)
            } else {
                writer.writeByte(2)
            }
            self.choice.encode(to: &writer, source: source)
            var room3 = 57
            room3 &+= Int(self.words.slice.count)
            room3 &+= Int(self.holes.slice.count)
            room3 &+= Int(self.behinds.slice.count)
            room3 &+= Int(self.mixed.slice.count)
            room3 &+= Int(self.grid.slice.count)
            room3 &+= Int(self.nulls.slice.count)
            room3 &+= Int(self.source.count)
            room3 &+= (self.value.map { Int($0.count) } ?? 0)
            var cursor3 = writer.begin(room3)
            cursor3.append(self.words, of: source)
            cursor3.append(self.holes, of: source)
            cursor3.append(self.behinds, of: source)
            cursor3.append(self.mixed, of: source)
            cursor3.append(self.grid, of: source)
            cursor3.append(self.nulls, of: source)
            cursor3.writeInt(self.`default`)
            cursor3.writeBytes(self.source, of: source)
            cursor3.writeInt(self.reader)
            cursor3.writeLong(self.writer)
            if let value = self.value {
                cursor3.writeByte(2)
                cursor3.writeBytes(value, of: source)
            } else {
                cursor3.writeByte(0)
            }
            writer.end(cursor3)
        }

        static var bytesMin: Int { 44 }
        static var schemaName: String { "org.example.typed.Everything" }
        static var schemaText: String { #"{"name":"org.example.typed.Everything","type":"record","doc":"One of each.\nIn two lines.","fields":[{"name":"flag","type":"boolean"},{"name":"small","type":"int"},{"name":"large","type":"long"},{"name":"single","type":"float"},{"name":"precise","type":"double"},{"name":"raw","type":"bytes"},{"name":"text","type":"string"},{"name":"nothing","type":"null"},{"name":"mode","type":{"name":"org.example.typed.Mode","type":"enum","symbols":["NOT_FOUND","default","self","NotFound"]}},{"name":"digest","type":{"name":"org.example.typed.Digest","type":"fixed","size":4}},{"name":"point","type":{"name":"org.example.typed.Point","type":"record","fields":[{"name":"x","type":"int"},{"name":"y","type":"double","default":0}]}},{"name":"empty","type":{"name":"org.example.typed.Empty","type":"record","fields":[]}},{"name":"behind","type":["int","null"],"default":3},{"name":"choice","type":["null","string","int","org.example.typed.Point",{"type":"array","items":"long"}],"default":null},{"name":"words","type":{"type":"array","items":"string"},"default":[]},{"name":"holes","type":{"type":"array","items":["null","double"]},"default":[]},{"name":"behinds","type":{"type":"array","items":["string","null"]},"default":[]},{"name":"mixed","type":{"type":"map","values":["int","bytes"]},"default":{}},{"name":"grid","type":{"type":"array","items":{"type":"array","items":"org.example.typed.Point"}},"default":[]},{"name":"nulls","type":{"type":"array","items":"null"},"default":[]},{"name":"default","type":"int","default":-1},{"name":"source","type":"string","default":""},{"name":"reader","type":"int","default":0},{"name":"writer","type":"long","default":0},{"name":"value","type":["null","string"],"default":null}]}"# }

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

            init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
                let branch = try plan.branch(node, count: 5, &reader)
                switch branch.index {
                case 0: self = .null
                case 1: self = .string(try branch.isSame ? (reader.readString()) : plan.piece(branch.node, &reader, &source) { reader throws(AvroError) in try reader.readString() })
                case 2: self = .int(try branch.isSame ? (reader.readInt()) : plan.piece(branch.node, &reader, &source) { reader throws(AvroError) in try reader.readInt() })
                case 3: self = .point(try branch.isSame ? Point(from: &reader) : Point(from: &reader, resolving: plan, branch.node, source: &source))
                default: self = .array(try branch.isSame ? AvroArray<Int64>(from: &reader) : AvroArray<Int64>(from: &reader, resolving: plan, branch.node, source: &source))
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

            init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
                let branch = try plan.branch(node, count: 2, &reader)
                switch branch.index {
                case 0: self = .string(try branch.isSame ? (reader.readString()) : plan.piece(branch.node, &reader, &source) { reader throws(AvroError) in try reader.readString() })
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

            init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
                let branch = try plan.branch(node, count: 2, &reader)
                switch branch.index {
                case 0: self = .int(try branch.isSame ? (reader.readInt()) : plan.piece(branch.node, &reader, &source) { reader throws(AvroError) in try reader.readInt() })
                default: self = .bytes(try branch.isSame ? (reader.readBytes()) : plan.piece(branch.node, &reader, &source) { reader throws(AvroError) in try reader.readBytes() })
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
