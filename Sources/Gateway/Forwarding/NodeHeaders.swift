import HTTPServer
import Signing

/// The header fields by which nodes know each other.
struct NodeHeaders: Sendable {
    static let forwarded = "rejoinder-forwarded"
    static let secret = "rejoinder-node-secret"

    let nodeSecret: String?

    /// What a node sends.
    var outgoing: [(name: String, value: String)] {
        [(Self.forwarded, "1")] + (nodeSecret.map { [(Self.secret, $0)] } ?? [])
    }

    /// Whether the request comes from another node. One that only says so is a stranger's.
    func isForwarded(_ request: Request) -> Bool {
        guard request.headers.first("rejoinder-forwarded") != nil else { return false }
        guard let nodeSecret else { return true }
        return ConstantTime.equal(Array((request.headers.first("rejoinder-node-secret") ?? "").utf8), Array(nodeSecret.utf8))
    }
}
