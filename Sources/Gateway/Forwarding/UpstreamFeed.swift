import HTTPClient
import HTTPServer
import Telemetry

/// The event stream of one job on another node, handed on to every client that reads it here.
///
/// The owner sends the job as it is first, so a client is answered with the first event, or with what the owner answers instead of a stream. The
/// last event is kept for those who come later. It ends with its last client, with the final event, and with the upstream.
final class UpstreamFeed: Sendable {
    /// One event as it came.
    private struct Message {
        let version: Int64
        let bytes: [UInt8]
        let isFinal: Bool
    }

    /// A client that waits for the first event, or reads.
    private struct Reader {
        let reply: PendingReply
        var version: Int64
        var stream: EventStream?
    }

    private struct State {
        var readers: [Int: Reader] = [:]
        var last = 0
        var current: Message?
        /// What has come of a block that is not whole yet.
        var rest: [UInt8] = []
        /// The body of an answer that is no stream.
        var body: [UInt8] = []
        var isOver = false
        var task: Task<Void, Never>?
    }

    private typealias Action = @Sendable () -> Void

    private let state = Locked(State())
    private let onEnd: @Sendable (UpstreamFeed) -> Void
    private let count: @Sendable (Int) -> Void

    /// - Parameters:
    ///   - count: told the status of each answer.
    ///   - onEnd: called when nobody can join any more, perhaps more than once.
    init(count: @escaping @Sendable (Int) -> Void, onEnd: @escaping @Sendable (UpstreamFeed) -> Void) {
        self.count = count
        self.onEnd = onEnd
    }

    /// Keeps what reads the upstream, to be cancelled with the last client.
    func reads(_ task: Task<Void, Never>) {
        let isLate = state.withLock { state in
            state.task = task
            return state.isOver
        }
        if isLate { task.cancel() }
    }

    /// Adds a client.
    /// - Parameters:
    ///   - version: of the last event that it has; below 0 for none.
    ///   - limit: how long it waits for the first event.
    /// - Returns: nil when the feed is over.
    func join(after version: Int64, within limit: Duration, otherwise late: @escaping @Sendable () -> Response) -> Outcome? {
        let (reply, action) = state.withLock { state -> (PendingReply?, Action?) in
            guard !state.isOver else { return (nil, nil) }
            state.last += 1
            let number = state.last
            let reply = PendingReply(
                within: limit,
                otherwise: { [self] in
                    leave(number)
                    let response = late()
                    count(response.status)
                    return response
                }, onAbandoned: { [self] in leave(number) })
            state.readers[number] = Reader(reply: reply, version: version)
            return (reply, state.current.map { open(number, $0, &state) })
        }
        guard let reply else { return nil }
        action?()
        return .later(reply)
    }

    /// What came from the owner.
    func received(_ chunk: [UInt8]) -> Bool {
        let (actions, isOver) = state.withLock { state -> ([Action], Bool) in
            if state.current == nil, state.rest.isEmpty, chunk.first == UInt8(ascii: "{") || !state.body.isEmpty {
                state.body += chunk
                return ([], state.isOver)
            }
            state.rest += chunk
            var actions: [Action] = []
            for block in Self.takeBlocks(&state.rest) {
                if let message = Self.message(block) { actions += publish(message, &state) }
            }
            return (actions, state.isOver)
        }
        for action in actions { action() }
        if isOver { onEnd(self) }
        return !isOver
    }

    /// The upstream has ended.
    /// - Parameter response: from the answer's body, what those get who still wait for a first event.
    func ended(_ response: ([UInt8]) -> Response) {
        let (readers, body) = state.withLock { state in
            defer { state.readers = [:] }
            state.isOver = true
            return (state.readers, state.body)
        }
        let answer = response(body)
        for reader in readers.values {
            if let stream = reader.stream {
                stream.end()
            } else if reader.reply.complete(answer) {
                count(answer.status)
            }
        }
        onEnd(self)
    }

    private func leave(_ number: Int) {
        let task = state.withLock { state -> Task<Void, Never>? in
            guard state.readers.removeValue(forKey: number) != nil, state.readers.isEmpty else { return nil }
            state.isOver = true
            return state.task
        }
        guard let task else { return }
        onEnd(self)
        task.cancel()
    }

    // MARK: Events; under the lock

    /// Hands an event on. What it returns is to be done outside of the lock, because it may call back into the feed.
    private func publish(_ message: Message, _ state: inout State) -> [Action] {
        state.current = message
        if message.isFinal { state.isOver = true }
        var actions: [Action] = []
        for number in state.readers.keys {
            if state.readers[number]?.stream == nil {
                actions.append(open(number, message, &state))
            } else {
                send(number, message, &state)
            }
        }
        return actions
    }

    /// Answers a client that has waited for an event.
    private func open(_ number: Int, _ message: Message, _ state: inout State) -> Action {
        guard let reader = state.readers[number] else { return {} }
        if message.isFinal, reader.version >= message.version {
            state.readers[number] = nil
            return { [count] in if reader.reply.complete(Response(status: 204)) { count(204) } }
        }
        let stream = EventStream(takesLargePieces: true, onClose: { [self] in leave(number) })
        state.readers[number]?.stream = stream
        send(number, message, &state)
        return { [count] in if reader.reply.complete(stream) { count(200) } }
    }

    private func send(_ number: Int, _ message: Message, _ state: inout State) {
        guard let reader = state.readers[number], let stream = reader.stream else { return }
        if message.version > reader.version {
            state.readers[number]?.version = message.version
            stream.send(message.bytes)
        }
        guard message.isFinal else { return }
        stream.end()
        state.readers[number] = nil
    }

    // MARK: The wire

    /// Takes the whole blocks, each up to its empty line, out of `rest`.
    static func takeBlocks(_ rest: inout [UInt8]) -> [[UInt8]] {
        var blocks: [[UInt8]] = []
        var start = 0
        var index = 1
        while index < rest.count {
            if rest[index] == 0x0A, rest[index - 1] == 0x0A {
                blocks.append(Array(rest[start...index]))
                start = index + 1
                index += 1
            }
            index += 1
        }
        if start > 0 { rest.removeFirst(start) }
        return blocks
    }

    private static func message(_ block: [UInt8]) -> Message? {
        guard block.starts(with: "id: ".utf8), let end = block.firstIndex(of: 0x0A),
            let version = Int64(String(decoding: block[4..<end], as: UTF8.self))
        else { return nil }  // a comment
        return Message(version: version, bytes: block, isFinal: JobDocument.isFinal(block[end...]))
    }
}
