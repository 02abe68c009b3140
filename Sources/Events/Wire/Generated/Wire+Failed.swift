// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// The attempt failed.
    public struct Failed: TypedValue {
        /// `code`
        public var code: Slice
        /// `message`
        public var message: Slice
        /// `retryable`
        public var retryable: Bool
        /// `details`
        public var details: Slice

        /// A value made by hand.
        @inlinable public init(code: Slice, message: Slice, retryable: Bool = false, details: Slice = .empty) {
            self.code = code
            self.message = message
            self.retryable = retryable
            self.details = details
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.code = try reader.readString()
            self.message = try reader.readString()
            self.retryable = try reader.readBoolean()
            self.details = reader.readRest()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 4) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.code = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.message = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.retryable = try fields.isSame(2) ? (reader.readBoolean()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readBoolean() }
            self.details = try fields.isSameToEnd(3) ? (reader.readRest()) : plan.read(fields, 3, toEnd: true, &reader, &source) { reader throws(AvroError) in reader.readRest() }
            try plan.finish(fields, count: 4, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
            _ = try reader.readBoolean()
            _ = reader.readRest()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 30
            room1 &+= Int(self.code.count)
            room1 &+= Int(self.message.count)
            room1 &+= Int(self.details.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.code, of: source)
            cursor.writeBytes(self.message, of: source)
            cursor.writeBoolean(self.retryable)
            cursor.append(self.details, of: source)
            writer.end(cursor)
        }

        @inlinable public static var bytesMin: Int { 3 }
    }
}
