/// A thing that happens once, and threads that wait for it with a limit.
public final class Flag: Sendable {
    private let gate = Gate()

    /// Not yet.
    public init() {}

    /// It has happened. A second time changes nothing.
    public func set() { gate.open() }

    /// False when `limit` passed first.
    public func wait(_ limit: Duration) -> Bool { gate.pass(within: limit, staysOpen: true) }
}
