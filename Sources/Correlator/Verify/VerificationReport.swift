public import Core

/// What a comparison of a store with a fresh fold found.
public struct VerificationReport: Sendable {
    /// One job that is not the same in both.
    public struct Difference: Sendable {
        /// The job's id.
        public let id: RequestID
        /// As stored; nil: the store does not have it.
        public let stored: Job?
        /// As folded anew; nil: the topics do not have it.
        public let folded: Job?
        /// What differs, for a person.
        public let detail: String
    }

    /// The partitions that the store holds.
    public internal(set) var partitions: [Int32] = []
    /// Jobs that were compared.
    public internal(set) var compared = 0
    /// Records that were folded anew.
    public internal(set) var records = 0
    /// Jobs that are not the same, at most `Verifier.differencesMax`.
    public internal(set) var differences: [Difference] = []
    /// How many there are in all.
    public internal(set) var differenceCount = 0
    /// Jobs that cannot be checked, because retention has taken records of theirs, at most as many.
    public internal(set) var uncheckable: [RequestID] = []
    /// How many there are in all.
    public internal(set) var uncheckableCount = 0

    /// Whether all that could be compared is the same.
    public var isClean: Bool { differenceCount == 0 }
}
