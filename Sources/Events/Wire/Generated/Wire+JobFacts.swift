// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// What the first record of the request says, and where it lies.
    public struct JobFacts: TypedValue {
        /// In the operation's requests topic.
        public var offset: Int64
        /// The record's time in the log.
        public var appendedAt: Int64
        /// `operation`
        public var operation: Slice
        /// `createdAt`
        public var createdAt: Int64
        /// `tenant`
        public var tenant: Slice
        /// `deadline`
        public var deadline: Int64?
        /// `notBefore`
        public var notBefore: Int64?
        /// `priority`
        public var priority: Int32
        /// `idempotencyKey`
        public var idempotencyKey: Slice?
        /// `replyTo`
        public var replyTo: Slice?
        /// `callback`
        public var callback: Slice?
        /// `traceparent`
        public var traceparent: Slice?
        /// `context`
        public var context: AvroMap<AvroText>
        /// Of the body; twins are compared with it.
        public var digestHigh: Int64
        /// `digestLow`
        public var digestLow: Int64

        /// A value made by hand.
        @inlinable public init(offset: Int64, appendedAt: Int64, operation: Slice, createdAt: Int64, tenant: Slice = .empty, deadline: Int64? = nil, notBefore: Int64? = nil, priority: Int32 = 0, idempotencyKey: Slice? = nil, replyTo: Slice? = nil, callback: Slice? = nil, traceparent: Slice? = nil, context: AvroMap<AvroText> = AvroMap(), digestHigh: Int64 = 0, digestLow: Int64 = 0) {
            self.offset = offset
            self.appendedAt = appendedAt
            self.operation = operation
            self.createdAt = createdAt
            self.tenant = tenant
            self.deadline = deadline
            self.notBefore = notBefore
            self.priority = priority
            self.idempotencyKey = idempotencyKey
            self.replyTo = replyTo
            self.callback = callback
            self.traceparent = traceparent
            self.context = context
            self.digestHigh = digestHigh
            self.digestLow = digestLow
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.offset = try reader.readLong()
            self.appendedAt = try reader.readLong()
            self.operation = try reader.readString()
            self.createdAt = try reader.readLong()
            self.tenant = try reader.readString()
            self.deadline = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.notBefore = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.priority = try reader.readInt()
            self.idempotencyKey = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.replyTo = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.callback = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.traceparent = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.context = try AvroMap<AvroText>(from: &reader)
            self.digestHigh = try reader.readLong()
            self.digestLow = try reader.readLong()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 15) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.offset = try fields.isSame(0) ? (reader.readLong()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.appendedAt = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.operation = try fields.isSame(2) ? (reader.readString()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.createdAt = try fields.isSame(3) ? (reader.readLong()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.tenant = try fields.isSame(4) ? (reader.readString()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.deadline = try fields.isSame(5) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 5, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.notBefore = try fields.isSame(6) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 6, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.priority = try fields.isSame(7) ? (reader.readInt()) : plan.read(fields, 7, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.idempotencyKey = try fields.isSame(8) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 8, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.replyTo = try fields.isSame(9) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 9, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.callback = try fields.isSame(10) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 10, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.traceparent = try fields.isSame(11) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 11, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.context = try fields.isSame(12) ? AvroMap<AvroText>(from: &reader) : plan.typed(fields, 12, &reader, &source)
            self.digestHigh = try fields.isSame(13) ? (reader.readLong()) : plan.read(fields, 13, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.digestLow = try fields.isSame(14) ? (reader.readLong()) : plan.read(fields, 14, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            try plan.finish(fields, count: 15, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            try reader.skipLong()
            try reader.skipLong()
            _ = try reader.readString()
            try reader.skipLong()
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            _ = try reader.readInt()
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            try AvroMap<AvroText>.skip(&reader)
            try reader.skipLong()
            try reader.skipLong()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 147
            room1 &+= Int(self.operation.count)
            room1 &+= Int(self.tenant.count)
            room1 &+= (self.idempotencyKey.map { Int($0.count) } ?? 0)
            room1 &+= (self.replyTo.map { Int($0.count) } ?? 0)
            room1 &+= (self.callback.map { Int($0.count) } ?? 0)
            room1 &+= (self.traceparent.map { Int($0.count) } ?? 0)
            room1 &+= Int(self.context.slice.count)
            var cursor = writer.begin(room1)
            cursor.writeLong(self.offset)
            cursor.writeLong(self.appendedAt)
            cursor.writeBytes(self.operation, of: source)
            cursor.writeLong(self.createdAt)
            cursor.writeBytes(self.tenant, of: source)
            if let value = self.deadline {
                cursor.writeByte(2)
                cursor.writeLong(value)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.notBefore {
                cursor.writeByte(2)
                cursor.writeLong(value)
            } else {
                cursor.writeByte(0)
            }
            cursor.writeInt(self.priority)
            if let value = self.idempotencyKey {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.replyTo {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.callback {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.traceparent {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            cursor.append(self.context, of: source)
            cursor.writeLong(self.digestHigh)
            cursor.writeLong(self.digestLow)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 15 }
    }
}
