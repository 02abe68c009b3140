import Avro
import Core
import HTTPClient
import Telemetry

/// A new id for a request of the caller's own.
func freshID() -> RequestID {
    var generator = SystemRandomNumberGenerator()
    return RequestID.v7(milliseconds: 1_790_000_000_000, random: (generator.next(), generator.next()))
}

/// Requests that are sent one after another by a few senders while nodes come and go; what was accepted is what counts.
struct RequestStream: Sendable {
    let accepted = Observed<[String]>([])

    /// Sends `count` requests by four senders, each to the node that `node` names at that moment, until all are accepted.
    func send(_ count: Int, to node: @escaping @Sendable (Int) -> Node) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<4 {
                group.addTask {
                    for number in stride(from: sender, to: count, by: 4) {
                        let id = try await accept(freshID().text, number, node)
                        accepted.update { $0.append(id) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// One id until it is taken: by `202`, or by `409` when only the answer to it was lost.
    private func accept(_ id: String, _ number: Int, _ node: @Sendable (Int) -> Node) async throws -> String {
        while true {
            try Task.checkCancellation()
            if let answer = try? await node(number).post("demo.echo", #"{"text":"\#(number)"}"#, [("Rejoinder-Request-Id", id)]) {
                if answer.status == 202 || answer.status == 409 { return id }
                if answer.status != 503 { throw Program.Failure(description: "POST: \(answer.status) \(answer.json.text)") }
            }
            try await Pause.beforeAskingAgain()
        }
    }

    func reached(_ count: Int) async throws { _ = try await accepted.first { $0.count >= count ? true : nil } }

    /// The statuses of all accepted jobs when they are final, each once.
    func outcomes(from node: Node) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for id in accepted.value { counts[try await node.final(id)["status"]?.string ?? "", default: 0] += 1 }
        return counts
    }
}

/// The node that a stream of requests is sent to; tests change it when they start one again.
final class Current: Sendable {
    private let state: Locked<Node>
    init(_ node: Node) { state = Locked(node) }
    var node: Node {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
