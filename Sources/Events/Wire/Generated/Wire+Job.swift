// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
public import Avro

extension Wire {
    /// A job, folded.
    public struct Job: TypedValue {
        /// `requestId`
        public var requestId: Slice
        /// `facts`
        public var facts: JobFacts?
        /// The request's body, while the job is open or FAILED.
        public var payload: TypedBytes?
        /// `status`
        public var status: JobStatus
        /// Counts the events that changed what a client sees.
        public var version: Int64
        /// `attempt`
        public var attempt: Int32
        /// `worker`
        public var worker: Slice
        /// `progress`
        public var progress: JobProgress?
        /// `waiting`
        public var waiting: JobWaiting?
        /// `result`
        public var result: TypedBytes?
        /// `failure`
        public var failure: JobFailure?
        /// `attemptErrors`
        public var attemptErrors: AvroArray<AttemptError>
        /// `parts`
        public var parts: Int32
        /// `deadline`
        public var deadline: Int64?
        /// `updatedAt`
        public var updatedAt: Int64
        /// `startedAt`
        public var startedAt: Int64?
        /// `finishedAt`
        public var finishedAt: Int64?
        /// Why it was cancelled, expired or dead-lettered.
        public var reason: Slice
        /// `cancellation`
        public var cancellation: JobCancellation?
        /// `phase`
        public var phase: JobPhase
        /// The source of the take that holds the attempt, or held it last.
        public var take: Slice
        /// The request record that the attempt is bound to.
        public var boundOffset: Int64?
        /// `attemptStartedAt`
        public var attemptStartedAt: Int64?
        /// `failures`
        public var failures: Int32
        /// `losses`
        public var losses: Int32
        /// `nextAttempt`
        public var nextAttempt: Int32
        /// `nextAt`
        public var nextAt: Int64
        /// `attemptTop`
        public var attemptTop: Int32
        /// `reopens`
        public var reopens: Int32
        /// `signals`
        public var signals: AvroArray<JobSignal>
        /// `checkpoints`
        public var checkpoints: AvroArray<JobCheckpoint>
        /// `seenAttempt`
        public var seenAttempt: Int32
        /// `newestRecordAt`
        public var newestRecordAt: Int64
        /// `lastRecordOffset`
        public var lastRecordOffset: Int64
        /// `isStartable`
        public var isStartable: Bool
        /// `clashes`
        public var clashes: AvroArray<Int64>
        /// `sources`
        public var sources: AvroArray<JobSource>
        /// `kept`
        public var kept: AvroArray<KeptEvent>
        /// `late`
        public var late: Int64

        /// A value made by hand.
        @inlinable public init(requestId: Slice, facts: JobFacts? = nil, payload: TypedBytes? = nil, status: JobStatus, version: Int64 = 0, attempt: Int32 = 0, worker: Slice = .empty, progress: JobProgress? = nil, waiting: JobWaiting? = nil, result: TypedBytes? = nil, failure: JobFailure? = nil, attemptErrors: AvroArray<AttemptError> = AvroArray(), parts: Int32 = 0, deadline: Int64? = nil, updatedAt: Int64 = 0, startedAt: Int64? = nil, finishedAt: Int64? = nil, reason: Slice = .empty, cancellation: JobCancellation? = nil, phase: JobPhase, take: Slice = .empty, boundOffset: Int64? = nil, attemptStartedAt: Int64? = nil, failures: Int32 = 0, losses: Int32 = 0, nextAttempt: Int32 = 0, nextAt: Int64 = 0, attemptTop: Int32 = 0, reopens: Int32 = 0, signals: AvroArray<JobSignal> = AvroArray(), checkpoints: AvroArray<JobCheckpoint> = AvroArray(), seenAttempt: Int32 = 0, newestRecordAt: Int64 = 0, lastRecordOffset: Int64 = -1, isStartable: Bool = false, clashes: AvroArray<Int64> = AvroArray(), sources: AvroArray<JobSource> = AvroArray(), kept: AvroArray<KeptEvent> = AvroArray(), late: Int64 = 0) {
            self.requestId = requestId
            self.facts = facts
            self.payload = payload
            self.status = status
            self.version = version
            self.attempt = attempt
            self.worker = worker
            self.progress = progress
            self.waiting = waiting
            self.result = result
            self.failure = failure
            self.attemptErrors = attemptErrors
            self.parts = parts
            self.deadline = deadline
            self.updatedAt = updatedAt
            self.startedAt = startedAt
            self.finishedAt = finishedAt
            self.reason = reason
            self.cancellation = cancellation
            self.phase = phase
            self.take = take
            self.boundOffset = boundOffset
            self.attemptStartedAt = attemptStartedAt
            self.failures = failures
            self.losses = losses
            self.nextAttempt = nextAttempt
            self.nextAt = nextAt
            self.attemptTop = attemptTop
            self.reopens = reopens
            self.signals = signals
            self.checkpoints = checkpoints
            self.seenAttempt = seenAttempt
            self.newestRecordAt = newestRecordAt
            self.lastRecordOffset = lastRecordOffset
            self.isStartable = isStartable
            self.clashes = clashes
            self.sources = sources
            self.kept = kept
            self.late = late
        }

        @inlinable public init(from reader: inout AvroReader) throws(AvroError) {
            self.requestId = try reader.readString()
            self.facts = try reader.readBranch(2) == 0 ? nil : JobFacts(from: &reader)
            self.payload = try reader.readBranch(2) == 0 ? nil : TypedBytes(from: &reader)
            self.status = try JobStatus(from: &reader)
            self.version = try reader.readLong()
            self.attempt = try reader.readInt()
            self.worker = try reader.readString()
            self.progress = try reader.readBranch(2) == 0 ? nil : JobProgress(from: &reader)
            self.waiting = try reader.readBranch(2) == 0 ? nil : JobWaiting(from: &reader)
            self.result = try reader.readBranch(2) == 0 ? nil : TypedBytes(from: &reader)
            self.failure = try reader.readBranch(2) == 0 ? nil : JobFailure(from: &reader)
            self.attemptErrors = try AvroArray<AttemptError>(from: &reader)
            self.parts = try reader.readInt()
            self.deadline = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.updatedAt = try reader.readLong()
            self.startedAt = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.finishedAt = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.reason = try reader.readString()
            self.cancellation = try reader.readBranch(2) == 0 ? nil : JobCancellation(from: &reader)
            self.phase = try JobPhase(from: &reader)
            self.take = try reader.readString()
            self.boundOffset = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.attemptStartedAt = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.failures = try reader.readInt()
            self.losses = try reader.readInt()
            self.nextAttempt = try reader.readInt()
            self.nextAt = try reader.readLong()
            self.attemptTop = try reader.readInt()
            self.reopens = try reader.readInt()
            self.signals = try AvroArray<JobSignal>(from: &reader)
            self.checkpoints = try AvroArray<JobCheckpoint>(from: &reader)
            self.seenAttempt = try reader.readInt()
            self.newestRecordAt = try reader.readLong()
            self.lastRecordOffset = try reader.readLong()
            self.isStartable = try reader.readBoolean()
            self.clashes = try AvroArray<Int64>(from: &reader)
            self.sources = try AvroArray<JobSource>(from: &reader)
            self.kept = try AvroArray<KeptEvent>(from: &reader)
            self.late = try reader.readLong()
        }

        @inlinable public init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 39) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.requestId = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.facts = try fields.isSame(1) ? (reader.readBranch(2) == 0 ? nil : JobFacts(from: &reader)) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : JobFacts(from: &reader) }
            self.payload = try fields.isSame(2) ? (reader.readBranch(2) == 0 ? nil : TypedBytes(from: &reader)) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : TypedBytes(from: &reader) }
            self.status = try fields.isSame(3) ? JobStatus(from: &reader) : plan.typed(fields, 3, &reader, &source)
            self.version = try fields.isSame(4) ? (reader.readLong()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.attempt = try fields.isSame(5) ? (reader.readInt()) : plan.read(fields, 5, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.worker = try fields.isSame(6) ? (reader.readString()) : plan.read(fields, 6, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.progress = try fields.isSame(7) ? (reader.readBranch(2) == 0 ? nil : JobProgress(from: &reader)) : plan.read(fields, 7, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : JobProgress(from: &reader) }
            self.waiting = try fields.isSame(8) ? (reader.readBranch(2) == 0 ? nil : JobWaiting(from: &reader)) : plan.read(fields, 8, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : JobWaiting(from: &reader) }
            self.result = try fields.isSame(9) ? (reader.readBranch(2) == 0 ? nil : TypedBytes(from: &reader)) : plan.read(fields, 9, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : TypedBytes(from: &reader) }
            self.failure = try fields.isSame(10) ? (reader.readBranch(2) == 0 ? nil : JobFailure(from: &reader)) : plan.read(fields, 10, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : JobFailure(from: &reader) }
            self.attemptErrors = try fields.isSame(11) ? AvroArray<AttemptError>(from: &reader) : plan.typed(fields, 11, &reader, &source)
            self.parts = try fields.isSame(12) ? (reader.readInt()) : plan.read(fields, 12, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.deadline = try fields.isSame(13) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 13, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.updatedAt = try fields.isSame(14) ? (reader.readLong()) : plan.read(fields, 14, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.startedAt = try fields.isSame(15) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 15, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.finishedAt = try fields.isSame(16) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 16, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.reason = try fields.isSame(17) ? (reader.readString()) : plan.read(fields, 17, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.cancellation = try fields.isSame(18) ? (reader.readBranch(2) == 0 ? nil : JobCancellation(from: &reader)) : plan.read(fields, 18, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : JobCancellation(from: &reader) }
            self.phase = try fields.isSame(19) ? JobPhase(from: &reader) : plan.typed(fields, 19, &reader, &source)
            self.take = try fields.isSame(20) ? (reader.readString()) : plan.read(fields, 20, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.boundOffset = try fields.isSame(21) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 21, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.attemptStartedAt = try fields.isSame(22) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 22, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.failures = try fields.isSame(23) ? (reader.readInt()) : plan.read(fields, 23, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.losses = try fields.isSame(24) ? (reader.readInt()) : plan.read(fields, 24, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.nextAttempt = try fields.isSame(25) ? (reader.readInt()) : plan.read(fields, 25, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.nextAt = try fields.isSame(26) ? (reader.readLong()) : plan.read(fields, 26, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.attemptTop = try fields.isSame(27) ? (reader.readInt()) : plan.read(fields, 27, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.reopens = try fields.isSame(28) ? (reader.readInt()) : plan.read(fields, 28, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.signals = try fields.isSame(29) ? AvroArray<JobSignal>(from: &reader) : plan.typed(fields, 29, &reader, &source)
            self.checkpoints = try fields.isSame(30) ? AvroArray<JobCheckpoint>(from: &reader) : plan.typed(fields, 30, &reader, &source)
            self.seenAttempt = try fields.isSame(31) ? (reader.readInt()) : plan.read(fields, 31, &reader, &source) { reader throws(AvroError) in try reader.readInt() }
            self.newestRecordAt = try fields.isSame(32) ? (reader.readLong()) : plan.read(fields, 32, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.lastRecordOffset = try fields.isSame(33) ? (reader.readLong()) : plan.read(fields, 33, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.isStartable = try fields.isSame(34) ? (reader.readBoolean()) : plan.read(fields, 34, &reader, &source) { reader throws(AvroError) in try reader.readBoolean() }
            self.clashes = try fields.isSame(35) ? AvroArray<Int64>(from: &reader) : plan.typed(fields, 35, &reader, &source)
            self.sources = try fields.isSame(36) ? AvroArray<JobSource>(from: &reader) : plan.typed(fields, 36, &reader, &source)
            self.kept = try fields.isSame(37) ? AvroArray<KeptEvent>(from: &reader) : plan.typed(fields, 37, &reader, &source)
            self.late = try fields.isSame(38) ? (reader.readLong()) : plan.read(fields, 38, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            try plan.finish(fields, count: 39, &reader)
        }

        @inlinable public static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { try JobFacts.skip(&reader) }
            if try reader.readBranch(2) != 0 { try TypedBytes.skip(&reader) }
            try JobStatus.skip(&reader)
            try reader.skipLong()
            _ = try reader.readInt()
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { try JobProgress.skip(&reader) }
            if try reader.readBranch(2) != 0 { try JobWaiting.skip(&reader) }
            if try reader.readBranch(2) != 0 { try TypedBytes.skip(&reader) }
            if try reader.readBranch(2) != 0 { try JobFailure.skip(&reader) }
            try AvroArray<AttemptError>.skip(&reader)
            _ = try reader.readInt()
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            try reader.skipLong()
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { try JobCancellation.skip(&reader) }
            try JobPhase.skip(&reader)
            _ = try reader.readString()
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            _ = try reader.readInt()
            _ = try reader.readInt()
            _ = try reader.readInt()
            try reader.skipLong()
            _ = try reader.readInt()
            _ = try reader.readInt()
            try AvroArray<JobSignal>.skip(&reader)
            try AvroArray<JobCheckpoint>.skip(&reader)
            _ = try reader.readInt()
            try reader.skipLong()
            try reader.skipLong()
            _ = try reader.readBoolean()
            try AvroArray<Int64>.skip(&reader)
            try AvroArray<JobSource>.skip(&reader)
            try AvroArray<KeptEvent>.skip(&reader)
            try reader.skipLong()
        }

        @inlinable public func encode(to writer: inout AvroWriter, source: RawSpan) {
            writer.writeBytes(self.requestId, of: source)
            if let value = self.facts {
                writer.writeByte(2)
                value.encode(to: &writer, source: source)
            } else {
                writer.writeByte(0)
            }
            if let value = self.payload {
                writer.writeByte(2)
                value.encode(to: &writer, source: source)
            } else {
                writer.writeByte(0)
            }
            var room1 = 40
            room1 &+= Int(self.worker.count)
            var cursor = writer.begin(room1)
            cursor.writeInt(self.status.rawValue)
            cursor.writeLong(self.version)
            cursor.writeInt(self.attempt)
            cursor.writeBytes(self.worker, of: source)
            writer.end(cursor)
            if let value = self.progress {
                writer.writeByte(2)
                value.encode(to: &writer, source: source)
            } else {
                writer.writeByte(0)
            }
            if let value = self.waiting {
                writer.writeByte(2)
                value.encode(to: &writer, source: source)
            } else {
                writer.writeByte(0)
            }
            if let value = self.result {
                writer.writeByte(2)
                value.encode(to: &writer, source: source)
            } else {
                writer.writeByte(0)
            }
            if let value = self.failure {
                writer.writeByte(2)
                value.encode(to: &writer, source: source)
            } else {
                writer.writeByte(0)
            }
            var room2 = 64
            room2 &+= Int(self.attemptErrors.slice.count)
            room2 &+= Int(self.reason.count)
            var cursor2 = writer.begin(room2)
            cursor2.append(self.attemptErrors, of: source)
            cursor2.writeInt(self.parts)
            if let value = self.deadline {
                cursor2.writeByte(2)
                cursor2.writeLong(value)
            } else {
                cursor2.writeByte(0)
            }
            cursor2.writeLong(self.updatedAt)
            if let value = self.startedAt {
                cursor2.writeByte(2)
                cursor2.writeLong(value)
            } else {
                cursor2.writeByte(0)
            }
            if let value = self.finishedAt {
                cursor2.writeByte(2)
                cursor2.writeLong(value)
            } else {
                cursor2.writeByte(0)
            }
            cursor2.writeBytes(self.reason, of: source)
            writer.end(cursor2)
            if let value = self.cancellation {
                writer.writeByte(2)
                value.encode(to: &writer, source: source)
            } else {
                writer.writeByte(0)
            }
            var room3 = 157
            room3 &+= Int(self.take.count)
            room3 &+= Int(self.signals.slice.count)
            room3 &+= Int(self.checkpoints.slice.count)
            room3 &+= Int(self.clashes.slice.count)
            room3 &+= Int(self.sources.slice.count)
            room3 &+= Int(self.kept.slice.count)
            var cursor3 = writer.begin(room3)
            cursor3.writeInt(self.phase.rawValue)
            cursor3.writeBytes(self.take, of: source)
            if let value = self.boundOffset {
                cursor3.writeByte(2)
                cursor3.writeLong(value)
            } else {
                cursor3.writeByte(0)
            }
            if let value = self.attemptStartedAt {
                cursor3.writeByte(2)
                cursor3.writeLong(value)
            } else {
                cursor3.writeByte(0)
            }
            cursor3.writeInt(self.failures)
            cursor3.writeInt(self.losses)
            cursor3.writeInt(self.nextAttempt)
            cursor3.writeLong(self.nextAt)
            cursor3.writeInt(self.attemptTop)
            cursor3.writeInt(self.reopens)
            cursor3.append(self.signals, of: source)
            cursor3.append(self.checkpoints, of: source)
            cursor3.writeInt(self.seenAttempt)
            cursor3.writeLong(self.newestRecordAt)
            cursor3.writeLong(self.lastRecordOffset)
            cursor3.writeBoolean(self.isStartable)
            cursor3.append(self.clashes, of: source)
            cursor3.append(self.sources, of: source)
            cursor3.append(self.kept, of: source)
            cursor3.writeLong(self.late)
            writer.end(cursor3)
        }

        @inlinable public static var bytesMin: Int { 39 }
    }
}
