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

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 5) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.value = try fields.isSame(0) ? (reader.readLong()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.left = try fields.isSame(1) ? (reader.readBranch(2) == 0 ? nil : AvroLazy<Tree>(from: &reader)) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : AvroLazy<Tree>(from: &reader) }
            self.kind = try fields.isSame(2) ? Kind(from: &reader) : plan.typed(fields, 2, &reader, &source)
            self.children = try fields.isSame(3) ? AvroArray<Tree>(from: &reader) : plan.typed(fields, 3, &reader, &source)
            self.byName = try fields.isSame(4) ? AvroMap<Tree?>(from: &reader) : plan.typed(fields, 4, &reader, &source)
            try plan.finish(fields, count: 5, &reader)
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

            init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
                let branch = try plan.branch(node, count: 3, &reader)
                switch branch.index {
                case 0: self = .string(try branch.isSame ? (reader.readString()) : plan.piece(branch.node, &reader, &source) { reader throws(AvroError) in try reader.readString() })
                case 1: self = .tree(try branch.isSame ? AvroLazy<Tree>(from: &reader) : AvroLazy<Tree>(from: &reader, resolving: plan, branch.node, source: &source))
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
