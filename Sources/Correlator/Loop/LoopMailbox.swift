internal import Kafka
internal import Telemetry

/// What other threads tell the loop; it looks in once a turn.
final class LoopMailbox: DeliveryObserver, Sendable {
    enum Change: Sendable {
        case assigned([Int32])
        case revoked
    }

    struct State {
        var reports: [DeliveryReport] = []
        var changes: [Change] = []
        var topics: [String: Int]?
        var resolutions: [Resolution] = []
        var looks: [Look] = []
        var proofs: [KafkaError?] = []
        var isStopping = false
    }

    /// The ends of topics as of one look.
    struct Look: Sendable {
        let number: UInt64
        /// Monotonic: when it was begun.
        let began: Int64
        let result: Result<[TopicPartitionOffset], KafkaError>
    }

    private let state = Locked(State())

    func delivered(_ reports: [DeliveryReport]) { state.withLock { $0.reports += reports } }

    func put(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Everything that has come since the last time.
    func take() -> State {
        state.withLock { state in
            var taken = State()
            taken.isStopping = state.isStopping
            swap(&taken, &state)
            return taken
        }
    }
}
