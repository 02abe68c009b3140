import Glibc
import Telemetry

/// An open answer that carries server-sent events, or any bytes, until it is ended or the client leaves.
///
/// It has a queue of its own: a client that reads too slowly is cut when the queue is full, and holds up nobody else. Made by the handler,
/// which returns it; sent to from any thread, before or after that.
public final class EventStream: Sendable {
    private struct State {
        var parked: ParkedConnection?
        var bytes: [UInt8] = []
        var head = 0
        var descriptor: Int32 = -1
        var ended = false
        var cut = false
        var closed = false
    }

    /// Where the server's thread wants bytes put. Sendable: used only inside the call that made it.
    private struct Destination: Sendable {
        nonisolated(unsafe) let start: UnsafeMutableRawPointer
    }

    public static let queueBytesMax = 65_536

    /// Nanoseconds between comments, nil for none.
    let pause: Int64?
    let headers: [(name: String, value: String)]
    private let limit: Int
    private let takesLargePieces: Bool
    private let onClose: (@Sendable () -> Void)?
    private let state = Locked(State())

    /// - Parameters:
    ///   - headers: header fields beside `Content-Type: text/event-stream`, `Cache-Control: no-store` and `Connection: close`.
    ///   - comment: how often a comment line keeps the connection alive through proxies; nil for never.
    ///   - queueBytesMax: bytes that may wait for a slow client; more and it is cut.
    ///   - takesLargePieces: whether a single piece that is larger is taken when nothing else waits.
    ///   - onClose: called exactly once, when the connection is over for whatever reason; it must not wait.
    public init(
        headers: [(name: String, value: String)] = [], comment: Duration? = .seconds(15), queueBytesMax: Int = EventStream.queueBytesMax,
        takesLargePieces: Bool = false, onClose: (@Sendable () -> Void)? = nil
    ) {
        self.headers = headers
        pause = comment.map { max(1_000_000, Clock.nanoseconds($0)) }
        limit = queueBytesMax
        self.takesLargePieces = takesLargePieces
        self.onClose = onClose
    }

    /// Queues bytes for the client, from any thread, without waiting.
    /// - Returns: false when the stream is over: it was ended, the client has left, or it was cut because its queue was full.
    @discardableResult
    public func send(_ chunk: [UInt8]) -> Bool {
        state.withLock { state in
            guard !state.ended else { return false }
            let waiting = state.bytes.count - state.head
            guard waiting + chunk.count <= limit || waiting == 0 && takesLargePieces else {
                Self.cut(&state)
                return false
            }
            if state.head > limit {
                state.bytes.removeFirst(state.head)
                state.head = 0
            }
            state.bytes += chunk
            Self.wake(&state)
            return true
        }
    }

    /// Ends the stream once what is queued has been sent.
    public func end() {
        state.withLock { state in
            state.ended = true
            Self.wake(&state)
        }
    }

    /// Whether the stream is over, or will be once what is queued has been sent.
    public var isEnded: Bool { state.withLock { $0.ended } }

    // MARK: The server's side

    func opened(_ descriptor: Int32) {
        state.withLock { state in
            state.descriptor = descriptor
            if state.cut { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// The client has left.
    /// - Returns: false when the stream had ended before.
    func abandon() -> Bool {
        state.withLock { state in
            let wasOpen = !state.ended
            Self.cut(&state)
            return wasOpen
        }
    }

    /// libmicrohttpd has ended the request: the pointer to its connection and the descriptor die here.
    func closed() {
        let first = state.withLock { state in
            defer { state.closed = true }
            state.descriptor = -1
            state.ended = true
            state.parked = nil
            state.bytes = []
            state.head = 0
            return !state.closed
        }
        if first { onClose?() }
    }

    func comment() { send([0x3A, 0x0A, 0x0A]) }

    /// On the server's thread: bytes for the client; -1 at the end; 0 after the connection was suspended, because there are none.
    func read(into out: UnsafeMutableRawPointer, max: Int, _ connection: ParkedConnection) -> Int {
        let destination = Destination(start: out)
        return state.withLock { state in
            if state.cut { return -1 }
            let count = Swift.min(max, state.bytes.count - state.head)
            guard count > 0 else {
                if state.ended { return -1 }
                state.parked = connection
                connection.suspend()
                return 0
            }
            state.bytes.withUnsafeBytes { destination.start.copyMemory(from: $0.baseAddress! + state.head, byteCount: count) }
            state.head += count
            if state.head == state.bytes.count {
                state.bytes = []
                state.head = 0
            }
            return count
        }
    }

    private static func wake(_ state: inout State) {
        guard let parked = state.parked else { return }
        state.parked = nil
        parked.resume()
    }

    /// Shutting the socket down under the lock is safe: the descriptor is forgotten in `closed`, before it is closed.
    private static func cut(_ state: inout State) {
        state.ended = true
        state.cut = true
        state.bytes = []
        state.head = 0
        if state.descriptor >= 0 { shutdown(state.descriptor, Int32(SHUT_RDWR)) }
        wake(&state)
    }
}
