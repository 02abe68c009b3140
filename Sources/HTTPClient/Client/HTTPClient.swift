import CCurl
import Glibc
import Synchronization
import Telemetry

/// Sends HTTP requests through libcurl: one thread, many requests at a time, connections kept. One client a policy: a connection that is used
/// again is not asked about again, so clients of different trust must not share any.
///
/// Redirects are given back, not followed; the proxies of the environment are not used; TLS 1.2 is the least. `close()` must be called: the
/// thread keeps the client alive until then, and what is under way ends with `closed`.
public final class HTTPClient: Sendable {
    private enum Command {
        case start(UInt64, HTTPRequest, (@Sendable ([UInt8]) -> Bool)?, Transfer.Waiter)
        case cancel(UInt64)
    }

    private struct State {
        var queue: [Command] = []
        var waiting = 0
        var isClosed = false
    }

    /// Sendable: libcurl allows `curl_multi_wakeup` from any thread; all else is called by the client's own thread only.
    nonisolated(unsafe) private let multi: UnsafeMutableRawPointer
    private let state = Locked(State())
    private let nextID = Atomic<UInt64>(1)
    private let policy: AddressPolicy
    private let limits: HTTPClientLimits
    private let authorityFile: String?

    /// Nil only when libcurl has no memory or no thread can be made.
    /// - Parameter authorityFile: certificate authorities to trust, as PEM; nil: the system's.
    public init?(policy: AddressPolicy = .any, limits: HTTPClientLimits = HTTPClientLimits(), authorityFile: String? = nil) {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let multi = curl_multi_init() else { return nil }
        self.multi = multi
        self.policy = policy
        self.limits = limits
        self.authorityFile = authorityFile
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, limits.connectionsMax)
        guard OwnThread.start("http-client", { [self] in run() }) else {
            curl_multi_cleanup(multi)
            return nil
        }
    }

    /// Sends a request and waits for the whole answer. Cancelling the task ends the request at once.
    public func send(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPResponse {
        try await perform(request, onChunk: nil)
    }

    /// Sends a request and hands the answer's body on as it comes, on the client's thread; returns when the body has ended.
    ///
    /// `onChunk` must not wait; false ends the request. Without a time limit but the task's cancellation.
    public func stream(_ request: HTTPRequest, onChunk: @escaping @Sendable ([UInt8]) -> Bool) async throws(HTTPClientError) -> HTTPResponse
    {
        try await perform(request, onChunk: onChunk)
    }

    /// Ends what is under way and the thread.
    public func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            curl_multi_wakeup(multi)  // inside the lock: the thread frees the handle only after it has seen `isClosed`
        }
    }

    private func perform(_ request: HTTPRequest, onChunk: (@Sendable ([UInt8]) -> Bool)?) async throws(HTTPClientError) -> HTTPResponse {
        let name = "\(request.method) \(request.url)"
        guard Self.isSendable(request) else {
            throw HTTPClientError(.invalidRequest, name, "a method, URL or header with a control character or blank")
        }
        let id = nextID.add(1, ordering: .relaxed).oldValue
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                if let refusal = push(.start(id, request, onChunk, waiter)) {
                    waiter.resume(returning: .failure(HTTPClientError(refusal.0, name, refusal.1)))
                }
            }
        } onCancel: {
            _ = push(.cancel(id))
        }
        return try result.get()
    }

    /// The task's cancelled bit is set before `onCancel` runs, so reading it under this lock means that a cancellation is either seen here or
    /// queued behind its start: none is lost, and the thread may ignore ids it does not know.
    private func push(_ command: Command) -> (HTTPClientError.Code, String)? {
        state.withLock { state in
            if state.isClosed { return (.closed, "the client is closed") }
            if case .start = command {
                if Task.isCancelled { return (.cancelled, "the task is cancelled") }
                guard state.waiting < limits.requestsMax else { return (.overloaded, "\(limits.requestsMax) requests are waiting") }
                state.waiting += 1
            }
            state.queue.append(command)
            curl_multi_wakeup(multi)
            return nil
        }
    }

    private func run() {
        var live: [UInt64: Transfer] = [:]
        var running: Int32 = 0
        while true {
            let (commands, isClosed) = state.withLock { state in
                let taken = state.queue
                state.queue = []
                return (taken, state.isClosed)
            }
            for command in commands { perform(command, &live) }
            if isClosed { break }
            curl_multi_perform(multi, &running)
            reap(&live)
            curl_multi_poll(multi, nil, 0, 1000, nil)
        }
        for transfer in live.values { end(transfer) { $0.fail(.closed, "the client is closed") } }
        curl_multi_cleanup(multi)
    }

    private func perform(_ command: Command, _ live: inout [UInt64: Transfer]) {
        switch command {
        case .start(let id, let request, let onChunk, let waiter):
            let transfer = Transfer(
                id: id, request: request, onChunk: onChunk, waiter: waiter, policy: policy, limits: limits, authorityFile: authorityFile)
            if let easy = transfer.prepare(), curl_multi_add_handle(multi, easy) == CURLM_OK {
                live[id] = transfer
            } else {
                end(transfer) { $0.fail(.invalidRequest, "libcurl does not take the request") }
            }
        case .cancel(let id):
            if let transfer = live.removeValue(forKey: id) { end(transfer) { $0.fail(.cancelled, "the task is cancelled") } }
        }
    }

    private func reap(_ live: inout [UInt64: Transfer]) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            var context: UnsafeMutableRawPointer?
            _ = ccurl_get_pointer(message.pointee.easy_handle, CURLINFO_PRIVATE, &context)
            let result = ccurl_message_result(message)
            guard let context else { continue }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            live[transfer.id] = nil
            end(transfer) { $0.finish(result) }
        }
    }

    private func end(_ transfer: Transfer, _ how: (Transfer) -> Void) {
        if let easy = transfer.easy { curl_multi_remove_handle(multi, easy) }
        state.withLock { $0.waiting -= 1 }
        how(transfer)
    }

    private static func isSendable(_ request: HTTPRequest) -> Bool {
        let line: (String) -> Bool = { text in text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 } }
        let word: (String) -> Bool = { text in !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } }
        return word(request.method) && word(request.url)
            && request.headers.allSatisfy { word($0.name) && !$0.name.contains(":") && line($0.value) }
    }
}
