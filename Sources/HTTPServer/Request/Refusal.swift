/// A request that is answered before its handler, because of its head or its size. The connection is always closed afterwards.
struct Refusal: Error, Equatable {
    let status: Int
    let title: StaticString
    let detail: StaticString

    static func == (left: Refusal, right: Refusal) -> Bool { left.status == right.status && "\(left.detail)" == "\(right.detail)" }

    static let target = Refusal(
        400, "Malformed request", "The target must be a path that begins with a slash, in ASCII, with whole percent escapes of UTF-8 text.")
    static let requestLine = Refusal(400, "Malformed request", "The request line must be a method, a target and HTTP/1.0 or HTTP/1.1.")
    static let fieldName = Refusal(400, "Malformed request", "A header field's name must be a token directly before its colon.")
    static let fieldValue = Refusal(400, "Malformed request", "A header field's value must be one line without control characters.")
    static let framing = Refusal(
        400, "Malformed request", "The length must be said once: by one Content-Length in digits, or by Transfer-Encoding in HTTP/1.1.")
    static let host = Refusal(400, "Malformed request", "There must be one Host header field.")
    static let coding = Refusal(501, "Not implemented", "The only transfer coding taken is chunked.")
    static let method = Refusal(501, "Not implemented", "The methods taken are GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.")
    static let body = Refusal(413, "Content too large", "The body is larger than this server takes.")
    static let head = Refusal(431, "Request header fields too large", "The header fields are larger than this server takes.")
    static let busy = Refusal(503, "Service unavailable", "The server has as many connections as it takes; try again.")
    static let stopping = Refusal(503, "Service unavailable", "The server is stopping; ask another node or try again.")

    /// Not refused but answered here: `OPTIONS *` asks whether the server is there.
    static let none = Refusal(200, "OK", "")

    private init(_ status: Int, _ title: StaticString, _ detail: StaticString) {
        self.status = status
        self.title = title
        self.detail = detail
    }

    /// A problem document (RFC 9457).
    var response: Response {
        if status == 200 { return Response(status: 200, headers: [("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")]) }
        let text = #"{"type":"about:blank","title":"\#(title)","status":\#(status),"detail":"\#(detail)"}"#
        var response = Response(status: status, headers: [("Content-Type", "application/problem+json")], body: Array(text.utf8))
        if status == 503 { response.headers.append(("Retry-After", "1")) }
        response.closes = true
        return response
    }
}
