import CMicroHTTPD
import Glibc
import Synchronization

/// The request that is under way on one connection, seen from the server's thread: the only one that touches it.
///
/// Lives as long as the connection, and is used again for each of its requests: HTTP/1.1 has them one after another.
final class Exchange {
    private enum Stage {
        /// Between requests.
        case idle
        /// The request line was read.
        case head
        /// The head was taken; the body comes, if there is one.
        case body
        /// The handler has been asked, or the request was refused.
        case answered
    }

    let peer: Peer
    private let core: ServerCore
    /// Accepted above the soft limit: its request is answered `503`.
    private let isExcess: Bool
    private var stage = Stage.idle
    private var raw: OpaquePointer?
    /// A copy: libmicrohttpd decodes the target in place before it reads the head. Its memory is kept from request to request.
    private var target: [UInt8] = []
    /// Where the target ended in libmicrohttpd's memory; compared, never read.
    private var targetEnd = UInt(0)
    private var request: Request?
    private var body: [UInt8] = []
    private var excess = 0
    private var outcome: Outcome?
    private var isHead = false

    init(peer: Peer, core: ServerCore) {
        self.peer = peer
        self.core = core
        isExcess = core.peers.count > core.limits.connectionsSoft
    }

    // MARK: libmicrohttpd's callbacks, in their order

    /// The request line has been read, up to a NUL in it.
    func begin(_ connection: OpaquePointer, target text: UnsafePointer<CChar>) {
        raw = connection
        let count = strlen(text)
        target.removeAll(keepingCapacity: true)
        target.append(contentsOf: UnsafeRawBufferPointer(start: text, count: count))
        targetEnd = UInt(bitPattern: text + count)
        stage = .head
        core.watcher.arm(peer, at: Clock.now() + core.headLimit)
    }

    /// Called once for the head, once for each piece of the body, once at its end, and again whenever a held connection wakes.
    func call(
        method: UnsafePointer<CChar>, version: UnsafePointer<CChar>, data: UnsafePointer<CChar>?, size: UnsafeMutablePointer<Int>
    ) -> MHD_Result {
        guard let raw else { return .NO }
        switch stage {
        case .idle: return .NO
        case .head: return takeHead(raw, method, version)
        case .body where size.pointee > 0:
            guard take(UnsafeRawBufferPointer(start: data, count: size.pointee)) else { return .NO }
            size.pointee = 0
            return .YES
        case .body:
            stage = .answered
            peer.deadline.store(0, ordering: .relaxed)
            if excess > 0 { return refuse(raw, .body) }
            return answer(raw)
        case .answered:
            guard case .later(let reply)? = outcome else { return .NO }
            return wait(for: reply, raw)
        }
    }

    /// The request is over, whichever way. Comes once for every request whose line was read.
    func end() {
        switch outcome {
        case .later(let reply): reply.detach()
        case .events(let stream): stream.closed()
        case .reply, nil: break
        }
        peer.end()
        outcome = nil
        request = nil
        body = []
        excess = 0
        raw = nil
        stage = .idle
        core.watcher.arm(peer, at: Clock.now() + core.idleLimit)
    }

    // MARK: Head and body

    private func takeHead(_ raw: OpaquePointer, _ method: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>) -> MHD_Result {
        switch readHead(raw, method, version) {
        case .failure(let refusal): return refuse(raw, refusal)
        case .success(let hasBody):
            stage = .body
            if hasBody { core.watcher.arm(peer, at: Clock.now() + core.bodyLimit) }
            return .YES
        }
    }

    private func readHead(
        _ raw: OpaquePointer, _ methodText: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>
    ) -> Result<Bool, Refusal> {
        guard !isExcess else { return .failure(.busy) }
        guard strncmp(version, "HTTP/1.", 7) == 0, adjoinsTarget(version) else { return .failure(.requestLine) }
        guard let method = Self.method(methodText) else { return .failure(.method) }
        let anyTarget = target.count == 1 && target[0] == UInt8(ascii: "*") && method == "OPTIONS"
        var parsed = Target()
        if !anyTarget {
            switch Target.parse(target) {
            case .success(let good): parsed = good
            case .failure(let refusal): return .failure(refusal)
            }
        }
        let headSize = cmhd_head_size(raw)
        let fields = Int(MHD_get_connection_values_n(raw, .HEADER_KIND, nil, nil))
        var result = Result<Bool, Refusal>.failure(.head)
        let bytes = [UInt8](unsafeUninitializedCapacity: headSize + 4 * fields + target.count + 64) { buffer, count in
            let out = UnsafeMutableRawBufferPointer(buffer)
            out.copyBytes(from: target)
            var reader = HeadReader(into: out, used: target.count, after: version + strlen(version))
            withUnsafeMutablePointer(to: &reader) { _ = MHD_get_connection_values_n(raw, .HEADER_KIND, Self.readField, $0) }
            reader.finish(isHTTP11: version[7] != CChar(bitPattern: UInt8(ascii: "0")), end: methodText + headSize)
            count = reader.count
            result = reader.refusal.map { .failure($0) } ?? .success(reader.hasBody)
            if let length = reader.length {
                if reader.refusal == nil, length > core.limits.bodyBytesMax {
                    result = .failure(.body)
                } else {
                    body.reserveCapacity(length)
                }
            }
        }
        guard case .success = result else { return result }
        if anyTarget { return .failure(Refusal.none) }
        request = Request(method: method, target: parsed, headers: RequestHeaders(bytes: bytes, targetCount: target.count))
        return result
    }

    private static let readField: MHD_KeyValueIteratorN = { reader, _, name, nameCount, value, valueCount in
        guard let reader else { return .NO }
        let more = reader.assumingMemoryBound(to: HeadReader.self).pointee.add(
            UnsafeRawBufferPointer(start: name, count: name == nil ? 0 : nameCount),
            UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueCount))
        return more ? .YES : .NO
    }

    /// Between target and version stands a space, which libmicrohttpd has zeroed; anything else was cut from the target by a NUL.
    private func adjoinsTarget(_ version: UnsafePointer<CChar>) -> Bool {
        !HeadReader.findsGaps || UInt(bitPattern: version) == targetEnd + 1
    }

    private static func method(_ text: UnsafePointer<CChar>) -> String? {
        switch strlen(text) {
        case 3: strcmp(text, "GET") == 0 ? "GET" : strcmp(text, "PUT") == 0 ? "PUT" : nil
        case 4: strcmp(text, "POST") == 0 ? "POST" : strcmp(text, "HEAD") == 0 ? "HEAD" : nil
        case 5: strcmp(text, "PATCH") == 0 ? "PATCH" : nil
        case 6: strcmp(text, "DELETE") == 0 ? "DELETE" : nil
        case 7: strcmp(text, "OPTIONS") == 0 ? "OPTIONS" : nil
        default: nil
        }
    }

    /// A piece of the body. No answer is possible in here: what is too much is swallowed up to a limit, then the connection is cut.
    private func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        if excess == 0, body.count + piece.count <= core.limits.bodyBytesMax {
            body.append(contentsOf: piece)
            return true
        }
        body = []
        excess += piece.count
        return excess <= core.limits.excessBytesMax
    }

    // MARK: Answers

    private func refuse(_ raw: OpaquePointer, _ refusal: Refusal) -> MHD_Result {
        stage = .answered
        peer.deadline.store(0, ordering: .relaxed)
        core.counts.add(.refused)
        return ResponseWriter.queue(refusal.response, on: raw)
    }

    private func answer(_ raw: OpaquePointer) -> MHD_Result {
        guard var request else { return .NO }
        self.request = nil
        swap(&request.body, &body)
        // Counted before the handler runs: a stopping server either sees it, or is seen by it.
        peer.begin()
        guard !core.isDraining else { return ResponseWriter.queue(Refusal.stopping.response, on: raw) }
        core.counts.add(.request)
        isHead = request.method == "HEAD"
        let outcome = core.handler(request)
        self.outcome = outcome
        switch outcome {
        case .reply(let response): return ResponseWriter.queue(response, on: raw)
        case .later(let reply):
            hold(outcome, until: reply.limit)
            if core.isDraining { reply.complete(Refusal.stopping.response) }
            return wait(for: reply, raw)
        case .events(let stream): return open(stream, raw, isHead: isHead)
        }
    }

    private func hold(_ outcome: Outcome, until limit: Int64?) {
        let (watch, left) = peer.hold(outcome)
        if watch { core.watcher.watch(peer) }
        if left, peer.clientLeft() { core.counts.add(.abandoned) }
        if let limit { core.watcher.arm(peer, at: Clock.now() + limit) }
    }

    private func wait(for reply: PendingReply, _ raw: OpaquePointer) -> MHD_Result {
        switch reply.take(orPark: ParkedConnection(raw: raw, alarm: core.alarm)) {
        case .parked: return .YES
        case .abandoned: return .NO
        case .answer(let response):
            peer.deadline.store(0, ordering: .relaxed)
            return ResponseWriter.queue(response, on: raw)
        case .stream(let stream):
            outcome = .events(stream)
            return open(stream, raw, isHead: isHead)
        }
    }

    private func open(_ stream: EventStream, _ raw: OpaquePointer, isHead: Bool) -> MHD_Result {
        if isHead {
            return ResponseWriter.queue(Response(status: 200, headers: ResponseWriter.headers(of: stream)), on: raw)
        }
        hold(.events(stream), until: stream.pause)
        stream.opened(peer.descriptor)
        if core.isDraining { stream.end() }
        let context = Unmanaged.passRetained(self).toOpaque()
        guard
            let made = MHD_create_response_from_callback(.max, 1024, Self.read, context, { Unmanaged<Exchange>.fromOpaque($0!).release() })
        else {
            Unmanaged<Exchange>.fromOpaque(context).release()
            return .NO
        }
        return ResponseWriter.queue(made, 200, ResponseWriter.headers(of: stream), closes: true, on: raw)
    }

    private static let read: MHD_ContentReaderCallback = { context, _, out, max in
        let exchange = Unmanaged<Exchange>.fromOpaque(context!).takeUnretainedValue()
        guard case .events(let stream)? = exchange.outcome, let raw = exchange.raw, let out else { return -1 }
        return stream.read(into: out, max: max, ParkedConnection(raw: raw, alarm: exchange.core.alarm))
    }
}
