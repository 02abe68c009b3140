/// A thing that happens once, and threads that wait for it with a limit.
final class Flag: Sendable {
    private let gate = Gate()

    func set() { gate.open() }

    /// False when `limit` passed first.
    func wait(_ limit: Duration) -> Bool { gate.pass(within: limit, staysOpen: true) }
}
