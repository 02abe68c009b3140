// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// How far the handler has come.
    public struct JobProgress: TypedValue {
        /// `fraction`
        public var fraction: Double?
        /// `message`
        public var message: Slice
        /// `completed`
        public var completed: Int64?
        /// `total`
        public var total: Int64?
        /// `unit`
        public var unit: Slice

        /// A value made by hand.
        @inlinable public init(fraction: Double? = nil, message: Slice = .empty, completed: Int64? = nil, total: Int64? = nil, unit: Slice = .empty) {
            self.fraction = fraction
            self.message = message
            self.completed = completed
            self.total = total
            self.unit = unit
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.fraction = try reader.readBranch(2) == 0 ? nil : reader.readDouble()
            self.message = try reader.readString()
            self.completed = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.total = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.unit = try reader.readString()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 5) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.fraction = try fields.isSame(0) ? (reader.readBranch(2) == 0 ? nil : reader.readDouble()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readDouble() }
            self.message = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.completed = try fields.isSame(2) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.total = try fields.isSame(3) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.unit = try fields.isSame(4) ? (reader.readString()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            try plan.finish(fields, count: 5, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            if try reader.readBranch(2) != 0 { _ = try reader.readDouble() }
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            _ = try reader.readString()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 53
            room1 &+= Int(self.message.count)
            room1 &+= Int(self.unit.count)
            var cursor = writer.begin(room1)
            if let value = self.fraction {
                cursor.writeByte(2)
                cursor.writeDouble(value)
            } else {
                cursor.writeByte(0)
            }
            cursor.writeBytes(self.message, of: source)
            if let value = self.completed {
                cursor.writeByte(2)
                cursor.writeLong(value)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.total {
                cursor.writeByte(2)
                cursor.writeLong(value)
            } else {
                cursor.writeByte(0)
            }
            cursor.writeBytes(self.unit, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 5 }
    }
}
