// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// What somebody asks for: rejoinder.commands.
    public struct Command: TypedValue {
        /// `requestId`
        public var requestId: Slice
        /// `operation`
        public var operation: Slice
        /// `time`
        public var time: Int64
        /// `by`
        public var by: Slice
        /// `command`
        public var command: CommandChoice

        /// A value made by hand.
        @inlinable public init(requestId: Slice, operation: Slice, time: Int64, by: Slice = .empty, command: CommandChoice) {
            self.requestId = requestId
            self.operation = operation
            self.time = time
            self.by = by
            self.command = command
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.requestId = try reader.readString()
            self.operation = try reader.readString()
            self.time = try reader.readLong()
            self.by = try reader.readString()
            self.command = try CommandChoice(from: &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readString()
            try reader.skipLong()
            _ = try reader.readString()
            try CommandChoice.skip(&reader)
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 40
            room1 &+= Int(self.requestId.count)
            room1 &+= Int(self.operation.count)
            room1 &+= Int(self.by.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.requestId, of: source)
            cursor.writeBytes(self.operation, of: source)
            cursor.writeLong(self.time)
            cursor.writeBytes(self.by, of: source)
            writer.end(cursor)
            self.command.encode(to: &writer, source: source)
        }

        @inlinable public static var bytesMin: Int { 6 }

        /// What `command` can be.
        public enum CommandChoice: TypedValue {
            /// Branch 0
            case cancel(Cancel)
            /// Branch 1
            case signal(Signal)
            /// Branch 2
            case retry(Retry)
            /// Branch 3
            case stop(Stop)
            /// Branch 4
            case deliver(Deliver)

            @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(5) {
                case 0: self = .cancel(try Cancel(from: &reader))
                case 1: self = .signal(try Signal(from: &reader))
                case 2: self = .retry(try Retry(from: &reader))
                case 3: self = .stop(try Stop(from: &reader))
                default: self = .deliver(try Deliver(from: &reader))
                }
            }

            @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(5) {
                case 0: try Cancel.skip(&reader)
                case 1: try Signal.skip(&reader)
                case 2: try Retry.skip(&reader)
                case 3: try Stop.skip(&reader)
                default: try Deliver.skip(&reader)
                }
            }

            @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
                switch self {
                case .cancel(let value):
                    writer.writeByte(0)
                    value.encode(to: &writer, source: source)
                case .signal(let value):
                    writer.writeByte(2)
                    value.encode(to: &writer, source: source)
                case .retry(let value):
                    writer.writeByte(4)
                    value.encode(to: &writer, source: source)
                case .stop(let value):
                    writer.writeByte(6)
                    value.encode(to: &writer, source: source)
                case .deliver(let value):
                    writer.writeByte(8)
                    value.encode(to: &writer, source: source)
                }
            }

            @inlinable public static var bytesMin: Int { 2 }
        }
    }
}
