// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Typed {
    /// `org.example.typed.Tree`
    struct Tree: TypedSchema {
        /// `value`
        var value: Int64
        /// `left`
        var left: AvroLazy<Tree>?
        /// `kind`
        var kind: Kind
        /// `children`
        var children: AvroArray<Tree>
        /// `byName`
        var byName: AvroMap<Tree?>

        /// A value made by hand.
        init(value: Int64, left: AvroLazy<Tree>? = nil, kind: Kind, children: AvroArray<Tree> = AvroArray(), byName: AvroMap<Tree?> = AvroMap()) {
            self.value = value
            self.left = left
            self.kind = kind
            self.children = children
            self.byName = byName
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.value = try reader.readLong()
            self.left = try reader.readBranch(2) == 0 ? nil : AvroLazy<Tree>(from: &reader)
            self.kind = try Kind(from: &reader)
            self.children = try AvroArray<Tree>(from: &reader)
            self.byName = try AvroMap<Tree?>(from: &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            try reader.skipLong()
            if try reader.readBranch(2) != 0 { try AvroLazy<Tree>.skip(&reader) }
            try Kind.skip(&reader)
            try AvroArray<Tree>.skip(&reader)
            try AvroMap<Tree?>.skip(&reader)
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.writeLong(self.value)
            if let value = self.left {
                writer.writeByte(2)
                value.encode(to: &writer, source: source)
            } else {
                writer.writeByte(0)
            }
            self.kind.encode(to: &writer, source: source)
            var room1 = 2
            room1 &+= Int(self.children.slice.count)
            room1 &+= Int(self.byName.slice.count)
            var cursor = writer.begin(room1)
            cursor.append(self.children, of: source)
            cursor.append(self.byName, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 5 }
        static var schemaName: String { "org.example.typed.Tree" }
        static var schemaText: String { #"{"name":"org.example.typed.Tree","type":"record","fields":[{"name":"value","type":"long"},{"name":"left","type":["null","org.example.typed.Tree"],"default":null},{"name":"kind","type":["string","org.example.typed.Tree","null"],"default":""},{"name":"children","type":{"type":"array","items":"org.example.typed.Tree"},"default":[]},{"name":"byName","type":{"type":"map","values":["null","org.example.typed.Tree"]},"default":{}}]}"# }

        /// What `kind` can be.
        enum Kind: TypedValue {
            /// Branch 0
            case string(Slice)
            /// Branch 1
            case tree(AvroLazy<Tree>)
            /// Branch 2
            case null

            init(from reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(3) {
                case 0: self = .string(try reader.readString())
                case 1: self = .tree(try AvroLazy<Tree>(from: &reader))
                default: self = .null
                }
            }

            static func skip(_ reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(3) {
                case 0: _ = try reader.readString()
                case 1: try AvroLazy<Tree>.skip(&reader)
                default: break
                }
            }

            func encode(to writer: inout AvroWriter, source: RawSpan) {
                switch self {
                case .string(let value):
                    writer.writeByte(0)
                    writer.writeBytes(value, of: source)
                case .tree(let value):
                    writer.writeByte(2)
                    value.encode(to: &writer, source: source)
                case .null:
                    writer.writeByte(4)
                }
            }

            static var bytesMin: Int { 1 }
        }
    }
}
