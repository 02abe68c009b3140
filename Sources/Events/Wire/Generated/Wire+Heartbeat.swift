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
