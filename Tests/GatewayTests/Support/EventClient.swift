import HTTPClient
import Telemetry

/// A client of server-sent events.
final class EventClient: Sendable {
    struct Message: Equatable, Sendable {
        let id: String
        let data: String
    }

    private let stream: AsyncStream<Message>
    private let task: Task<HTTPResponse?, Never>

    init(_ node: Node, _ path: String, _ headers: [(String, String)] = []) {
        let (stream, feed) = AsyncStream<Message>.makeStream()
        self.stream = stream
        let request = HTTPRequest(
            "GET", "http://\(node.address)\(path)", headers: headers.map { (name: $0.0, value: $0.1) }, timeout: .seconds(100))
        let rest = Locked<[UInt8]>([])
        let client = node.client
        task = Task {
            let answer = try? await client.stream(request) { chunk in
                for message in rest.withLock({ Self.take(&$0, chunk) }) { feed.yield(message) }
                return true
            }
            feed.finish()
            return answer
        }
    }

    /// The next event; nil when the stream has ended.
    func next() async -> Message? {
        for await message in stream { return message }
        return nil
    }

    /// All events until the stream's end.
    func all() async -> [Message] {
        var messages: [Message] = []
        for await message in stream { messages.append(message) }
        return messages
    }

    /// The head of the answer, once the stream has ended.
    func head() async -> HTTPResponse? { await task.value }

    func cancel() { task.cancel() }

    /// Takes the whole blocks, each up to an empty line, out of `rest`.
    private static func take(_ rest: inout [UInt8], _ chunk: [UInt8]) -> [Message] {
        rest += chunk
        var messages: [Message] = []
        while let end = rest.indices.dropLast().first(where: { rest[$0] == 0x0A && rest[$0 + 1] == 0x0A }) {
            let lines = rest[..<end].split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
            rest.removeFirst(end + 2)
            let id = lines.first { $0.hasPrefix("id: ") }?.dropFirst(4)
            let data = lines.first { $0.hasPrefix("data: ") }?.dropFirst(6)
            if let id, let data { messages.append(Message(id: String(id), data: String(data))) }
        }
        return messages
    }
}
