import Core

/// The world's periods, in milliseconds; retention is scaled down.
enum Times {
    static let lease: Int64 = 10_000
    static let beat: Int64 = 3_000
    static let session: Int64 = 10_000
    static let again: Int64 = 5_000

    static func retention(_ topic: Topic) -> Int64 {
        switch topic {
        case .requests, .responses: 150_000
        case .commands: 50_000
        case .heartbeats: 15_000
        case .jobs: .max
        }
    }

    static let policy = Policy(
        attempts: 3, losses: 4, backoff: Backoff(first: .seconds(2), factor: 1, max: .seconds(2), jitter: 0), lease: .milliseconds(lease),
        retention: .seconds(100_000_000), grace: .seconds(10))
}
