internal import Telemetry

/// The topics that a consumer has met or was asked for, by index. Only grows.
final class TopicRegistry: Sendable {
    private let names = Locked<[String]>([])

    func index(of name: String) -> Int {
        names.withLock { names in
            if let index = names.firstIndex(of: name) { return index }
            names.append(name)
            return names.count - 1
        }
    }

    var all: [String] { names.withLock { $0 } }
}
