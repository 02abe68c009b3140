import Telemetry

/// The promise of an answer: the connection is held, and no thread with it, until somebody completes it.
///
/// Exactly one thing happens to it: `complete` returned true; or its time ran out and `otherwise` gave the answer; or the client left, or the
/// connection ended, and `onAbandoned` was called. All may come from any thread, before or after the handler has returned it.
public final class PendingReply: Sendable {
    private enum Phase {
        case open
        case parked(ParkedConnection)
        case answered(Response)
        case opened(EventStream)
        case taken
        case abandoned
    }

    /// What the server's thread finds when it looks.
    enum Look {
        case answer(Response)
        case stream(EventStream)
        case parked
        case abandoned
    }

    /// Nanoseconds from when the handler returns it, nil for no limit.
    let limit: Int64?
    private let otherwise: (@Sendable () -> Response)?
    private let onAbandoned: (@Sendable () -> Void)?
    private let phase = Locked<Phase>(.open)

    /// - Parameter onAbandoned: called at most once, on the thread that noticed; it must not wait.
    public init(onAbandoned: (@Sendable () -> Void)? = nil) {
        limit = nil
        otherwise = nil
        self.onAbandoned = onAbandoned
    }

    /// - Parameters:
    ///   - limit: how long the connection is held; the answer then comes from `otherwise`. Kept to a tenth of a second.
    ///   - otherwise: called when the time is over, or the server stops, on the thread that noticed; it must not wait. Its answer is dropped when `complete` was first.
    ///   - onAbandoned: called at most once, on the thread that noticed; it must not wait.
    public init(within limit: Duration, otherwise: @escaping @Sendable () -> Response, onAbandoned: (@Sendable () -> Void)? = nil) {
        self.limit = max(0, Clock.nanoseconds(limit))
        self.otherwise = otherwise
        self.onAbandoned = onAbandoned
    }

    /// Gives the answer and wakes the connection. The first call wins.
    /// - Returns: false when it was answered before or the client has left: the answer will not be sent.
    @discardableResult
    public func complete(_ response: Response) -> Bool {
        phase.withLock { phase in
            switch phase {
            case .open:
                phase = .answered(response)
                return true
            case .parked(let connection):
                phase = .answered(response)
                connection.resume()
                return true
            case .answered, .opened, .taken, .abandoned: return false
            }
        }
    }

    /// The same with an event stream as the answer, for who knows only later that there is one.
    /// - Returns: false when it was answered before or the client has left: the stream is over then.
    @discardableResult
    public func complete(_ stream: EventStream) -> Bool {
        let taken = phase.withLock { phase in
            switch phase {
            case .open:
                phase = .opened(stream)
                return true
            case .parked(let connection):
                phase = .opened(stream)
                connection.resume()
                return true
            case .answered, .opened, .taken, .abandoned: return false
            }
        }
        if !taken { stream.closed() }
        return taken
    }

    /// Completes a batch, so that the server's thread finds all of it when it wakes: each of its rounds looks at every held connection.
    /// - Returns: how many were still waiting.
    @discardableResult
    public static func completeAll(_ batch: [(PendingReply, Response)]) -> Int {
        var count = 0
        for (reply, response) in batch where reply.complete(response) { count += 1 }
        return count
    }

    /// Whether it still waits for an answer.
    public var isOpen: Bool {
        phase.withLock { phase in
            switch phase {
            case .open, .parked: true
            case .answered, .opened, .taken, .abandoned: false
            }
        }
    }

    // MARK: The server's side

    /// On the server's thread: the answer when there is one, else the connection is suspended.
    func take(orPark connection: ParkedConnection) -> Look {
        phase.withLock { phase in
            switch phase {
            case .answered(let response):
                phase = .taken
                return .answer(response)
            case .opened(let stream):
                phase = .taken
                return .stream(stream)
            case .open:
                phase = .parked(connection)
                connection.suspend()
                return .parked
            // A connection that wakes by itself (libmicrohttpd is stopping) has no answer and gets none.
            case .parked, .taken, .abandoned: return .abandoned
            }
        }
    }

    /// The client has left, or the connection has ended: a parked connection is woken so that it is closed.
    /// - Returns: false when it was answered or abandoned before.
    func abandon() -> Bool {
        let noticed = phase.withLock { phase in
            switch phase {
            case .open:
                phase = .abandoned
                return true
            case .parked(let connection):
                phase = .abandoned
                connection.resume()
                return true
            case .answered, .opened, .taken, .abandoned: return false
            }
        }
        if noticed { onAbandoned?() }
        return noticed
    }

    /// libmicrohttpd has ended the request: the pointer to its connection dies here.
    func detach() {
        var unopened: EventStream?
        let noticed = phase.withLock { phase in
            defer { phase = .taken }
            switch phase {
            case .open, .parked: return true
            case .opened(let stream):
                unopened = stream
                return false
            case .answered, .taken, .abandoned: return false
            }
        }
        unopened?.closed()
        if noticed { onAbandoned?() }
    }

    /// The server is stopping: time is over for everybody. Who did not say what is answered then gets `refusal`.
    func stop(_ refusal: Response) {
        guard isOpen else { return }
        var response = otherwise?() ?? refusal
        response.closes = true
        complete(response)
    }

    func expire() {
        guard let otherwise, isOpen else { return }
        complete(otherwise())
    }
}
