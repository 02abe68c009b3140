// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Bench {
    /// An event in a job's life: <operation>.responses.
    struct Response: TypedValue {
        /// 36 lower-case characters.
        var requestId: Slice
        /// Of a take, or the one that a decision was taken on; 0: none yet.
        var attempt: Int32
        /// A take by a worker, a correlator's start, or commands-<partition>.
        var source: Slice
        /// Counts within source from 1; of a command: its offset + 1.
        var sequence: Int64
        /// `time`
        var time: Int64
        /// `traceparent`
        var traceparent: Slice?
        /// `event`
        var event: Event

        /// A value made by hand.
        init(requestId: Slice, attempt: Int32 = 0, source: Slice = .empty, sequence: Int64 = 0, time: Int64, traceparent: Slice? = nil, event: Event) {
            self.requestId = requestId
            self.attempt = attempt
            self.source = source
            self.sequence = sequence
            self.time = time
            self.traceparent = traceparent
            self.event = event
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.requestId = try reader.readString()
            self.attempt = try reader.readInt()
            self.source = try reader.readString()
            self.sequence = try reader.readLong()
            self.time = try reader.readLong()
            self.traceparent = try reader.readBranch(2) == 0 ? nil : reader.readString()
            self.event = try Event(from: &reader)
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 7) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.requestId = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.attempt = try fields.isSame(1) ? (reader.readInt()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.source = try fields.isSame(2) ? (reader.readString()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.sequence = try fields.isSame(3) ? (reader.readLong()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.time = try fields.isSame(4) ? (reader.readLong()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.traceparent = try fields.isSame(5) ? (reader.readBranch(2) == 0 ? nil : reader.readString()) : plan.read(fields, 5, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readString() }
            self.event = try fields.isSameToEnd(6) ? Event(from: &reader) : plan.typed(fields, 6, toEnd: true, &reader, &source)
            try plan.finish(fields, count: 7, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            _ = try reader.readInt()
            _ = try reader.readString()
            try reader.skipLong()
            try reader.skipLong()
            if try reader.readBranch(2) != 0 { _ = try reader.readString() }
            try Event.skip(&reader)
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 61
            room1 &+= Int(self.requestId.count)
            room1 &+= Int(self.source.count)
            room1 &+= (self.traceparent.map { Int($0.count) } ?? 0)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.requestId, of: source)
            cursor.writeInt(self.attempt)
            cursor.writeBytes(self.source, of: source)
            cursor.writeLong(self.sequence)
            cursor.writeLong(self.time)
            if let value = self.traceparent {
                cursor.writeByte(2)
                cursor.writeBytes(value, of: source)
            } else {
                cursor.writeByte(0)
            }
            writer.end(cursor)
            self.event.encode(to: &writer, source: source)
        }

        static var bytesMin: Int { 7 }

        /// What `event` can be.
        enum Event: TypedValue {
            /// Branch 0
            case started(Started)
            /// Branch 1
            case progress(Progress)
            /// Branch 2
            case part(Part)
            /// Branch 3
            case checkpoint(Checkpoint)
            /// Branch 4
            case waiting(Waiting)
            /// Branch 5
            case signalled(Signalled)
            /// Branch 6
            case cancelRequested(CancelRequested)
            /// Branch 7
            case retryScheduled(RetryScheduled)
            /// Branch 8
            case leaseExpired(LeaseExpired)
            /// Branch 9
            case released(Released)
            /// Branch 10
            case completed(Completed)
            /// Branch 11
            case failed(Failed)
            /// Branch 12
            case cancelled(Cancelled)
            /// Branch 13
            case expired(Expired)
            /// Branch 14
            case deadLettered(DeadLettered)
            /// Branch 15
            case reopened(Reopened)

            init(from reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(16) {
                case 0: self = .started(try Started(from: &reader))
                case 1: self = .progress(try Progress(from: &reader))
                case 2: self = .part(try Part(from: &reader))
                case 3: self = .checkpoint(try Checkpoint(from: &reader))
                case 4: self = .waiting(try Waiting(from: &reader))
                case 5: self = .signalled(try Signalled(from: &reader))
                case 6: self = .cancelRequested(try CancelRequested(from: &reader))
                case 7: self = .retryScheduled(try RetryScheduled(from: &reader))
                case 8: self = .leaseExpired(try LeaseExpired(from: &reader))
                case 9: self = .released(try Released(from: &reader))
                case 10: self = .completed(try Completed(from: &reader))
                case 11: self = .failed(try Failed(from: &reader))
                case 12: self = .cancelled(try Cancelled(from: &reader))
                case 13: self = .expired(try Expired(from: &reader))
                case 14: self = .deadLettered(try DeadLettered(from: &reader))
                default: self = .reopened(try Reopened(from: &reader))
                }
            }

            init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
                let branch = try plan.branch(node, count: 16, &reader)
                switch branch.index {
                case 0: self = .started(try branch.isSame ? Started(from: &reader) : Started(from: &reader, resolving: plan, branch.node, source: &source))
                case 1: self = .progress(try branch.isSame ? Progress(from: &reader) : Progress(from: &reader, resolving: plan, branch.node, source: &source))
                case 2: self = .part(try branch.isSameToEnd ? Part(from: &reader) : Part(from: &reader, resolving: plan, branch.node, source: &source))
                case 3: self = .checkpoint(try branch.isSame ? Checkpoint(from: &reader) : Checkpoint(from: &reader, resolving: plan, branch.node, source: &source))
                case 4: self = .waiting(try branch.isSame ? Waiting(from: &reader) : Waiting(from: &reader, resolving: plan, branch.node, source: &source))
                case 5: self = .signalled(try branch.isSame ? Signalled(from: &reader) : Signalled(from: &reader, resolving: plan, branch.node, source: &source))
                case 6: self = .cancelRequested(try branch.isSame ? CancelRequested(from: &reader) : CancelRequested(from: &reader, resolving: plan, branch.node, source: &source))
                case 7: self = .retryScheduled(try branch.isSame ? RetryScheduled(from: &reader) : RetryScheduled(from: &reader, resolving: plan, branch.node, source: &source))
                case 8: self = .leaseExpired(try branch.isSame ? LeaseExpired(from: &reader) : LeaseExpired(from: &reader, resolving: plan, branch.node, source: &source))
                case 9: self = .released(try branch.isSame ? Released(from: &reader) : Released(from: &reader, resolving: plan, branch.node, source: &source))
                case 10: self = .completed(try branch.isSameToEnd ? Completed(from: &reader) : Completed(from: &reader, resolving: plan, branch.node, source: &source))
                case 11: self = .failed(try branch.isSameToEnd ? Failed(from: &reader) : Failed(from: &reader, resolving: plan, branch.node, source: &source))
                case 12: self = .cancelled(try branch.isSame ? Cancelled(from: &reader) : Cancelled(from: &reader, resolving: plan, branch.node, source: &source))
                case 13: self = .expired(try branch.isSame ? Expired(from: &reader) : Expired(from: &reader, resolving: plan, branch.node, source: &source))
                case 14: self = .deadLettered(try branch.isSame ? DeadLettered(from: &reader) : DeadLettered(from: &reader, resolving: plan, branch.node, source: &source))
                default: self = .reopened(try branch.isSame ? Reopened(from: &reader) : Reopened(from: &reader, resolving: plan, branch.node, source: &source))
                }
            }

            static func skip(_ reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(16) {
                case 0: try Started.skip(&reader)
                case 1: try Progress.skip(&reader)
                case 2: try Part.skip(&reader)
                case 3: try Checkpoint.skip(&reader)
                case 4: try Waiting.skip(&reader)
                case 5: try Signalled.skip(&reader)
                case 6: try CancelRequested.skip(&reader)
                case 7: try RetryScheduled.skip(&reader)
                case 8: try LeaseExpired.skip(&reader)
                case 9: try Released.skip(&reader)
                case 10: try Completed.skip(&reader)
                case 11: try Failed.skip(&reader)
                case 12: try Cancelled.skip(&reader)
                case 13: try Expired.skip(&reader)
                case 14: try DeadLettered.skip(&reader)
                default: try Reopened.skip(&reader)
                }
            }

            func encode(to writer: inout AvroWriter, source: RawSpan) {
                switch self {
                case .started(let value):
                    writer.writeByte(0)
                    value.encode(to: &writer, source: source)
                case .progress(let value):
                    writer.writeByte(2)
                    value.encode(to: &writer, source: source)
                case .part(let value):
                    writer.writeByte(4)
                    value.encode(to: &writer, source: source)
                case .checkpoint(let value):
                    writer.writeByte(6)
                    value.encode(to: &writer, source: source)
                case .waiting(let value):
                    writer.writeByte(8)
                    value.encode(to: &writer, source: source)
                case .signalled(let value):
                    writer.writeByte(10)
                    value.encode(to: &writer, source: source)
                case .cancelRequested(let value):
                    writer.writeByte(12)
                    value.encode(to: &writer, source: source)
                case .retryScheduled(let value):
                    writer.writeByte(14)
                    value.encode(to: &writer, source: source)
                case .leaseExpired(let value):
                    writer.writeByte(16)
                    value.encode(to: &writer, source: source)
                case .released(let value):
                    writer.writeByte(18)
                    value.encode(to: &writer, source: source)
                case .completed(let value):
                    writer.writeByte(20)
                    value.encode(to: &writer, source: source)
                case .failed(let value):
                    writer.writeByte(22)
                    value.encode(to: &writer, source: source)
                case .cancelled(let value):
                    writer.writeByte(24)
                    value.encode(to: &writer, source: source)
                case .expired(let value):
                    writer.writeByte(26)
                    value.encode(to: &writer, source: source)
                case .deadLettered(let value):
                    writer.writeByte(28)
                    value.encode(to: &writer, source: source)
                case .reopened(let value):
                    writer.writeByte(30)
                    value.encode(to: &writer, source: source)
                }
            }

            static var bytesMin: Int { 1 }
        }
    }
}
