/// What folding one record did to a job.
public struct Change: Sendable, Equatable {
    /// What became of the record itself.
    public var outcome: Outcome
    /// What it, and the kept events that it let go, changed.
    public var effects: Effects
    /// Events that had waited for a request record and were folded now, in order.
    public var unkept: [Unkept]

    /// What became of a record.
    public enum Outcome: UInt8, Sendable {
        /// An event that was folded before: nothing at all changed.
        case duplicate
        /// An event that waits for a request record.
        case kept
        /// An event that came too late, or from nobody who may say it: counted in `late`, else without effect.
        case late
        /// An event that counted.
        case counted
        /// The request record that gave the job its facts.
        case first
        /// Another record of attempt 1 with the same body.
        case twin
        /// Another record of attempt 1 with another body: it never runs.
        case clash
        /// The record of a later attempt.
        case attempt
    }

    /// What changed, as far as a shell must act on it.
    public struct Effects: OptionSet, Sendable {
        public let rawValue: UInt16

        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// What a client sees changed: `version` rose, or the job became visible.
        public static let visible = Effects(rawValue: 1)
        public static let status = Effects(rawValue: 2)
        /// Another take holds the attempt: its lease begins now.
        public static let take = Effects(rawValue: 4)
        /// The job became final.
        public static let final = Effects(rawValue: 8)
        /// The job became final by *dead-lettered*.
        public static let deadLettered = Effects(rawValue: 16)
        /// An operator's retry left FAILED: parts of before are gone.
        public static let reopened = Effects(rawValue: 32)
        /// Cancellation was asked for, for the first time: the grace period begins now.
        public static let cancelRequested = Effects(rawValue: 64)
        /// A signal was added: the current take is to be given it.
        public static let signalled = Effects(rawValue: 128)
        /// A partial result counted.
        public static let part = Effects(rawValue: 256)
    }

    /// A kept event, and what became of it.
    public struct Unkept: Sendable, Equatable {
        public var record: EventRecord
        public var outcome: Outcome

        public init(record: EventRecord, outcome: Outcome) {
            self.record = record
            self.outcome = outcome
        }
    }

    public init(_ outcome: Outcome, _ effects: Effects = [], unkept: [Unkept] = []) {
        self.outcome = outcome
        self.effects = effects
        self.unkept = unkept
    }

    /// Whether the job is another value than before, so that a store must write it.
    public var isChanged: Bool { outcome != .duplicate }

    /// Whether what a client sees changed.
    public var isVisible: Bool { effects.contains(.visible) }
}
