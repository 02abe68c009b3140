/// A part of a program with a beginning and an end.
public protocol Service: Sendable {
    var name: String { get }

    /// Returns when the part can take work.
    func start() async throws

    /// Optional work that goes on until its task is cancelled; an early end of it stops the whole program.
    func run() async throws

    /// Hands back what is in flight and frees what is held. Told how long it may take.
    func stop(within limit: Duration) async throws
}

extension Service {
    public func run() async throws {
        while true { try await Task.sleep(for: .seconds(86_400)) }
    }
}
