import CCurl
import Glibc

/// One request under way: its easy handle, what has come of the answer, and who waits for it. Only the client's thread touches it.
final class Transfer {
    typealias Waiter = CheckedContinuation<Result<HTTPResponse, HTTPClientError>, Never>

    let id: UInt64
    private let request: HTTPRequest
    private let onChunk: (@Sendable ([UInt8]) -> Bool)?
    private var waiter: Waiter?
    private let policy: AddressPolicy
    private let limits: HTTPClientLimits
    private let authorityFile: String?
    private(set) var easy: UnsafeMutableRawPointer?
    private var list: UnsafeMutablePointer<curl_slist>?
    private var body: [UInt8] = []
    private var headers: [(name: String, value: String)] = []
    private var headerBytes = 0
    private var refusal: (HTTPClientError.Code, String)?

    init(
        id: UInt64, request: HTTPRequest, onChunk: (@Sendable ([UInt8]) -> Bool)?, waiter: Waiter, policy: AddressPolicy,
        limits: HTTPClientLimits, authorityFile: String?
    ) {
        self.id = id
        self.request = request
        self.onChunk = onChunk
        self.waiter = waiter
        self.policy = policy
        self.limits = limits
        self.authorityFile = authorityFile
    }

    /// Makes the easy handle. The transfer must stay alive, and at its place, until `finish`.
    func prepare() -> UnsafeMutableRawPointer? {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        let me = Unmanaged.passUnretained(self).toOpaque()
        _ = ccurl_set_pointer(easy, CURLOPT_PRIVATE, me)
        _ = ccurl_set_string(easy, CURLOPT_URL, request.url)
        _ = ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        _ = ccurl_set_string(easy, CURLOPT_PROXY, "")
        _ = ccurl_set_string(easy, CURLOPT_NOPROXY, "*")
        _ = ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let authorityFile {
            _ = ccurl_set_string(easy, CURLOPT_CAINFO, authorityFile)
            _ = ccurl_set_string(easy, CURLOPT_CAPATH, nil)
        }
        _ = ccurl_set_long(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        _ = ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(limits.connectTimeout))
        _ = ccurl_set_long(easy, CURLOPT_TCP_NODELAY, 1)
        if onChunk == nil { _ = ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, Self.milliseconds(request.timeout)) }
        prepareMethod(easy)
        for (name, value) in request.headers { list = curl_slist_append(list, value.isEmpty ? "\(name);" : "\(name): \(value)") }
        list = curl_slist_append(list, "Expect:")
        _ = ccurl_set_headers(easy, list)
        prepareCallbacks(easy, me)
        return easy
    }

    private func prepareMethod(_ easy: UnsafeMutableRawPointer) {
        switch request.method {
        case "GET" where request.body == nil: _ = ccurl_set_long(easy, CURLOPT_HTTPGET, 1)
        case "HEAD": _ = ccurl_set_long(easy, CURLOPT_NOBODY, 1)
        default: _ = ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method)
        }
        guard let body = request.body else { return }
        _ = ccurl_set_off(easy, CURLOPT_POSTFIELDSIZE_LARGE, body.count)
        body.withUnsafeBytes { _ = ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress ?? UnsafeRawPointer(bitPattern: 1)) }
    }

    private func prepareCallbacks(_ easy: UnsafeMutableRawPointer, _ me: UnsafeMutableRawPointer) {
        _ = ccurl_set_write(
            easy,
            { data, size, count, context in
                guard let data, let context else { return 0 }
                let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
                return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().received(bytes)
            }, me)
        _ = ccurl_set_header_write(
            easy,
            { data, size, count, context in
                guard let data, let context else { return 0 }
                let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
                return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receivedHeader(bytes)
            }, me)
        // The guard: it sees the very address that will be connected, so a name cannot change in between, and nothing is sent before it.
        _ = ccurl_set_open_socket(
            easy,
            { context, _, address in
                guard let context, let address else { return CURL_SOCKET_BAD }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                guard withUnsafePointer(to: &address.pointee.addr, { transfer.policy.allows($0) }) else {
                    transfer.refusal = (.addressRefused, "the address is not one that may be connected to")
                    return CURL_SOCKET_BAD
                }
                return socket(address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
            }, me)
    }

    private func received(_ bytes: UnsafeRawBufferPointer) -> Int {
        if let onChunk {
            guard onChunk([UInt8](bytes)) else {
                refusal = (.cancelled, "the reader wants no more")
                return 0
            }
            return bytes.count
        }
        guard body.count + bytes.count <= limits.bodyBytesMax else {
            refusal = (.brokenAnswer, "the answer is larger than \(limits.bodyBytesMax) bytes")
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private func receivedHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        headerBytes += bytes.count
        guard headerBytes <= limits.headerBytesMax else {
            refusal = (.brokenAnswer, "the answer's headers are larger than \(limits.headerBytesMax) bytes")
            return 0
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") { headers = [] }  // the head after an interim one
        if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append((line[..<colon].lowercased(), String(value.prefix { !$0.isNewline })))
        }
        return bytes.count
    }

    /// Frees the handle and answers the waiter, once.
    func finish(_ result: CURLcode) {
        guard let easy else { return fail(.invalidRequest, "libcurl has no memory") }
        var status = 0
        _ = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        if result == CURLE_OK {
            free()
            answer(.success(HTTPResponse(status: status, headers: headers, body: body)))
        } else if let refusal {
            fail(refusal.0, refusal.1)
        } else {
            fail(Self.code(of: result), String(cString: curl_easy_strerror(result)))
        }
    }

    func fail(_ code: HTTPClientError.Code, _ detail: String) {
        free()
        answer(.failure(HTTPClientError(code, "\(request.method) \(request.url)", detail)))
    }

    private func free() {
        if let easy { curl_easy_cleanup(easy) }
        curl_slist_free_all(list)
        (easy, list) = (nil, nil)
    }

    private func answer(_ result: Result<HTTPResponse, HTTPClientError>) {
        waiter?.resume(returning: result)
        waiter = nil
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(clamping: duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
    }

    private static func code(of result: CURLcode) -> HTTPClientError.Code {
        switch result {
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_LOGIN_DENIED: .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_SSL_CACERT_BADFILE:
            .unreachable
        default: .brokenAnswer
        }
    }
}
