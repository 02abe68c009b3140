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

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 5) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.requestId = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.operation = try fields.isSame(1) ? (reader.readString()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.time = try fields.isSame(2) ? (reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.by = try fields.isSame(3) ? (reader.readString()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.command = try fields.isSame(4) ? CommandChoice(from: &reader) : plan.typed(fields, 4, &reader, &source)
            try plan.finish(fields, count: 5, &reader)
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

            @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
                let branch = try plan.branch(node, count: 5, &reader)
                switch branch.index {
                case 0: self = .cancel(try branch.isSame ? Cancel(from: &reader) : Cancel(from: &reader, resolving: plan, branch.node, source: &source))
                case 1: self = .signal(try branch.isSame ? Signal(from: &reader) : Signal(from: &reader, resolving: plan, branch.node, source: &source))
                case 2: self = .retry(try branch.isSame ? Retry(from: &reader) : Retry(from: &reader, resolving: plan, branch.node, source: &source))
                case 3: self = .stop(try branch.isSame ? Stop(from: &reader) : Stop(from: &reader, resolving: plan, branch.node, source: &source))
                default: self = .deliver(try branch.isSame ? Deliver(from: &reader) : Deliver(from: &reader, resolving: plan, branch.node, source: &source))
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
