// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A worker is alive, and with it all it holds in a partition: rejoinder.heartbeats.
    public struct Heartbeat: TypedValue {
        /// `worker`
        public var worker: Slice
        /// `time`
        public var time: Int64
        /// `partition`
        public var partition: Int32
        /// `operation`
        public var operation: Slice
        /// Takes that run.
        public var holds: Int32
        /// Takes that could run.
        public var slots: Int32

        /// A value made by hand.
        @inlinable public init(worker: Slice, time: Int64, partition: Int32, operation: Slice, holds: Int32 = 0, slots: Int32 = 0) {
            self.worker = worker
            self.time = time
            self.partition = partition
            self.operation = operation
            self.holds = holds
            self.slots = slots
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.worker = try reader.readString()
            self.time = try reader.readLong()
            self.partition = try reader.readInt()
            self.operation = try reader.readString()
            self.holds = try reader.readInt()
            self.slots = try reader.readInt()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 6) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.worker = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.time = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.partition = try fields.isSame(2) ? (reader.readInt()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.operation = try fields.isSame(3) ? (reader.readString()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.holds = try fields.isSame(4) ? (reader.readInt()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.slots = try fields.isSame(5) ? (reader.readInt()) : plan.read(fields, 5, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            try plan.finish(fields, count: 6, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try reader.skipLong()
            _ = try reader.readInt()
            _ = try reader.readString()
            _ = try reader.readInt()
            _ = try reader.readInt()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 60
            room1 &+= Int(self.worker.count)
            room1 &+= Int(self.operation.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.worker, of: source)
            cursor.writeLong(self.time)
            cursor.writeInt(self.partition)
            cursor.writeBytes(self.operation, of: source)
            cursor.writeInt(self.holds)
            cursor.writeInt(self.slots)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 6 }
    }
}
