// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// How an attempt came to nothing.
    public struct AttemptError: TypedValue {
        /// `attempt`
        public var attempt: Int32
        /// `worker`
        public var worker: Slice
        /// `time`
        public var time: Int64
        /// `code`
        public var code: Slice
        /// `message`
        public var message: Slice

        /// A value made by hand.
        @inlinable public init(attempt: Int32, worker: Slice = .empty, time: Int64, code: Slice, message: Slice = .empty) {
            self.attempt = attempt
            self.worker = worker
            self.time = time
            self.code = code
            self.message = message
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.attempt = try reader.readInt()
            self.worker = try reader.readString()
            self.time = try reader.readLong()
            self.code = try reader.readString()
            self.message = try reader.readString()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 5) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.attempt = try fields.isSame(0) ? (reader.readInt()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.worker = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.time = try fields.isSame(2) ? (reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.code = try fields.isSame(3) ? (reader.readString()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.message = try fields.isSame(4) ? (reader.readString()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 5, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readInt()
            _ = try reader.readString()
            try reader.skipLong()
            _ = try reader.readString()
            _ = try reader.readString()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 50
            room1 &+= Int(self.worker.count)
            room1 &+= Int(self.code.count)
            room1 &+= Int(self.message.count)
            var cursor = writer.begin(room1)
            cursor.writeInt(self.attempt)
            cursor.writeBytes(self.worker, of: source)
            cursor.writeLong(self.time)
            cursor.writeBytes(self.code, of: source)
            cursor.writeBytes(self.message, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 5 }
    }
}
