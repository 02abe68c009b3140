// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A job or a mark with the place that it was folded to: rejoinder.jobs.
    public struct Folded: TypedValue {
        /// The node that folded it.
        public var writer: Slice
        /// `time`
        public var time: Int64
        /// By topic: the offset that is folded next, of this partition.
        public var offsets: AvroMap<Int64>
        /// `content`
        public var content: Content

        /// A value made by hand.
        @inlinable public init(writer: Slice, time: Int64, offsets: AvroMap<Int64> = AvroMap(), content: Content) {
            self.writer = writer
            self.time = time
            self.offsets = offsets
            self.content = content
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.writer = try reader.readString()
            self.time = try reader.readLong()
            self.offsets = try AvroMap<Int64>(from: &reader)
            self.content = try Content(from: &reader)
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 4) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.writer = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.time = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.offsets = try fields.isSame(2) ? AvroMap<Int64>(from: &reader) : plan.typed(fields, 2, &reader, &source)
            self.content = try fields.isSame(3) ? Content(from: &reader) : plan.typed(fields, 3, &reader, &source)
            try plan.finish(fields, count: 4, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try reader.skipLong()
            try AvroMap<Int64>.skip(&reader)
            try Content.skip(&reader)
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 21
            room1 &+= Int(self.writer.count)
            room1 &+= Int(self.offsets.slice.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.writer, of: source)
            cursor.writeLong(self.time)
            cursor.append(self.offsets, of: source)
            writer.end(cursor)
            self.content.encode(to: &writer, source: source)
        }

        @inlinable public static var bytesMin: Int { 4 }

        /// What `content` can be.
        public enum Content: TypedValue {
            /// Branch 0
            case job(Job)
            /// Branch 1
            case mark(Mark)

            @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(2) {
                case 0: self = .job(try Job(from: &reader))
                default: self = .mark(try Mark(from: &reader))
                }
            }

            @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
                let branch = try plan.branch(node, count: 2, &reader)
                switch branch.index {
                case 0: self = .job(try branch.isSame ? Job(from: &reader) : Job(from: &reader, resolving: plan, branch.node, source: &source))
                default: self = .mark(try branch.isSame ? Mark(from: &reader) : Mark(from: &reader, resolving: plan, branch.node, source: &source))
                }
            }

            @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(2) {
                case 0: try Job.skip(&reader)
                default: try Mark.skip(&reader)
                }
            }

            @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
                switch self {
                case .job(let value):
                    writer.writeByte(0)
                    value.encode(to: &writer, source: source)
                case .mark(let value):
                    writer.writeByte(2)
                    value.encode(to: &writer, source: source)
                }
            }

            @inlinable public static var bytesMin: Int { 1 }
        }
    }
}
