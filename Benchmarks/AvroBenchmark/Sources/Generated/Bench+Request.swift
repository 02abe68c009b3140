// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// A request: <operation>.requests and <operation>.dead-letters.
    struct Request: TypedValue {
        /// 36 lower-case characters.
        var requestId: Slice
        /// `operation`
        var operation: Slice
        /// `createdAt`
        var createdAt: Int64
        /// The try that this record asks for.
        var attempt: Int32
        /// `tenant`
        var tenant: Slice
        /// When the answer stops being useful.
        var deadline: Int64?
        /// When it may start.
        var notBefore: Int64?
        /// `priority`
        var priority: Int32
        /// `idempotencyKey`
        var idempotencyKey: Slice?
        /// A topic that wants the answer, too.
        var replyTo: Slice?
        /// A webhook's URL.
        var callback: Slice?
        /// `traceparent`
        var traceparent: Slice?
        /// The caller's own labels, handed through to worker, job and webhook.
        var context: AvroMap<AvroText>
        /// `payload`
        var payload: Slice

        /// A value made by hand.
        init(requestId: Slice, operation: Slice, createdAt: Int64, attempt: Int32 = 1, tenant: Slice = .empty, deadline: Int64? = nil, notBefore: Int64? = nil, priority: Int32 = 0, idempotencyKey: Slice? = nil, replyTo: Slice? = nil, callback: Slice? = nil, traceparent: Slice? = nil, context: AvroMap<AvroText> = AvroMap(), payload: Slice = .empty) {
            self.requestId = requestId
            self.operation = operation
            self.createdAt = createdAt
            self.attempt = attempt
            self.tenant = tenant
            self.deadline = deadline
            self.notBefore = notBefore
            self.priority = priority
            self.idempotencyKey = idempotencyKey
            self.replyTo = replyTo
            self.callback = callback
            self.traceparent = traceparent
            self.context = context
            self.payload = payload
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.requestId = try reader.readString()
            self.operation = try reader.readString()
            self.createdAt = try reader.readLong()
            self.attempt = try reader.readInt()
            self.tenant = try reader.readString()
            self.deadline = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.notBefore = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.priority = try reader.readInt()
            self.idempotencyKey = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.replyTo = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.callback = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.traceparent = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.context = try AvroMap<AvroText>(from: &reader)
            self.payload = reader.readRest()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 14) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.requestId = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.operation = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.createdAt = try fields.isSame(2) ? (reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.attempt = try fields.isSame(3) ? (reader.readInt()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.tenant = try fields.isSame(4) ? (reader.readString()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.deadline = try fields.isSame(5) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 5, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.notBefore = try fields.isSame(6) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 6, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.priority = try fields.isSame(7) ? (reader.readInt()) : plan.read(fields, 7, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.idempotencyKey = try fields.isSame(8) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 8, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.replyTo = try fields.isSame(9) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 9, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.callback = try fields.isSame(10) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 10, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.traceparent = try fields.isSame(11) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 11, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.context = try fields.isSame(12) ? AvroMap<AvroText>(from: &reader) : plan.typed(fields, 12, &reader, &source)
            self.payload = try fields.isSameToEnd(13) ? (reader.readRest()) : plan.read(fields, 13, toEnd: true, &reader, &source) { reader throws(AvroError) in reader.readRest() }
            try plan.finish(fields, count: 14, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
            try reader.skipLong()
            _ = try reader.readInt()
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            _ = try reader.readInt()
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            try AvroMap<AvroText>.skip(&reader)
            _ = reader.readRest()
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 127
            room1 &+= Int(self.requestId.count)
            room1 &+= Int(self.operation.count)
            room1 &+= Int(self.tenant.count)
            room1 &+= (self.idempotencyKey.map { Int($0.count) } ?? 0)
            room1 &+= (self.replyTo.map { Int($0.count) } ?? 0)
            room1 &+= (self.callback.map { Int($0.count) } ?? 0)
            room1 &+= (self.traceparent.map { Int($0.count) } ?? 0)
            room1 &+= Int(self.context.slice.count)
            room1 &+= Int(self.payload.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.requestId, of: source)
            cursor.writeBytes(self.operation, of: source)
            cursor.writeLong(self.createdAt)
            cursor.writeInt(self.attempt)
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
            cursor.append(self.payload, of: source)
            writer.end(cursor)
        }

        static var bytesMin: Int { 13 }
    }
}
