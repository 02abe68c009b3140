/// Something took longer than it may.
public struct TimeLimitPassed: Error, CustomStringConvertible {
    public let what: String
    public let limit: Duration
    public var description: String { "\(what) took longer than \(limit)" }
}

/// Waits no longer than `limit`, even where `body` ignores cancellation (a C call that hangs): it is then left behind, cancelled.
public func within(_ limit: Duration, _ what: String, _ body: @escaping @Sendable () async throws -> Void) async throws {
    let work = Task { try await body() }
    let (answers, feed) = AsyncStream<Result<Void, any Error>>.makeStream()
    let timer = Task {
        guard (try? await Task.sleep(for: limit)) != nil else { return }
        feed.yield(.failure(TimeLimitPassed(what: what, limit: limit)))
    }
    Task { feed.yield(await work.result) }
    defer {
        timer.cancel()
        work.cancel()
    }
    for await result in answers { return try result.get() }
    throw CancellationError()  // the stream ends early only when the waiting task is cancelled
}
