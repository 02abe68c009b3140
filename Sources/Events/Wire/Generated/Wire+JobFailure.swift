// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// Why an attempt failed.
    public struct JobFailure: TypedValue {
        /// `code`
        public var code: Slice
        /// `message`
        public var message: Slice
        /// `retryable`
        public var retryable: Bool
        /// Details as JSON.
        public var json: Slice?
        /// Details as a declared error.
        public var declared: DeclaredDetails?

        /// A value made by hand.
        @inlinable public init(code: Slice, message: Slice = .empty, retryable: Bool = false, json: Slice? = nil, declared: DeclaredDetails? = nil) {
            self.code = code
            self.message = message
            self.retryable = retryable
            self.json = json
            self.declared = declared
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.code = try reader.readString()
            self.message = try reader.readString()
            self.retryable = try reader.readBoolean()
            self.json = try reader.readBranch(2) == 0 ? nil : reader.readBytes()
            self.declared = try reader.readBranch(2) == 0 ? nil : DeclaredDetails(from: &reader)
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 5) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.code = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.message = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.retryable = try fields.isSame(2) ? (reader.readBoolean()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readBoolean() }
            self.json = try fields.isSame(3) ? (reader.readBranch(2) == 0 ? nil : reader.readBytes()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readBytes() }
            self.declared = try fields.isSame(4) ? (reader.readBranch(2) == 0 ? nil : DeclaredDetails(from: &reader)) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : DeclaredDetails(from: &reader) }
            try plan.finish(fields, count: 5, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
            _ = try reader.readBoolean()
            if try reader.readBranch(2) != 0 { try reader.skipBytes() }
            if try reader.readBranch(2) != 0 { try DeclaredDetails.skip(&reader) }
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 41
            room1 &+= Int(self.code.count)
            room1 &+= Int(self.message.count)
            room1 &+= (self.json.map { Int($0.count) } ?? 0)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.code, of: source)
            cursor.writeBytes(self.message, of: source)
            cursor.writeBoolean(self.retryable)
            if let value = self.json {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            writer.end(cursor)
            if let value = self.declared {
                writer.writeByte(2)
                value.encode(to: &writer, source: source)
            } else {
                writer.writeByte(0)
            }
        }

        @inlinable public static var bytesMin: Int { 5 }
    }
}
