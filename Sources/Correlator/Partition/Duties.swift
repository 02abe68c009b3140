/// What an owner owes because of a job: kept in the store until it is done, so that no crash forgets it.
struct Duties: OptionSet {
    let rawValue: UInt8

    /// A record on `<operation>.dead-letters`.
    static let deadLetter = Duties(rawValue: 1)
    /// The final answer on the topic that the request names.
    static let reply = Duties(rawValue: 2)
    /// A take that is not current is still open: its worker is told so at its next sign of life.
    static let staleTake = Duties(rawValue: 4)
    /// A *started* waits for its request record to be folded.
    static let awaits = Duties(rawValue: 8)
}
