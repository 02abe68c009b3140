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
