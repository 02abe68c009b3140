import HTTPServer

/// An RFC 9457 problem document: what a refused request is answered with.
struct Problem: Error, Equatable {
    /// One place of a body that does not fit its schema: an RFC 6901 pointer and what is wrong there.
    struct Fault: Equatable {
        let pointer: String
        let detail: String
    }

    let status: Int
    let title: String
    let detail: String
    var requestID: String?
    var faults: [Fault] = []
    /// Further response headers: `Retry-After`, `Allow`, `Location`.
    var headers: [(name: String, value: String)] = []
    /// Whether the connection is closed after the answer.
    var closes = false

    init(_ status: Int, _ title: String, _ detail: String) {
        self.status = status
        self.title = title
        self.detail = detail
    }

    static func == (left: Problem, right: Problem) -> Bool {
        left.status == right.status && left.title == right.title && left.detail == right.detail && left.requestID == right.requestID
            && left.faults == right.faults && left.headers.elementsEqual(right.headers, by: ==)
    }

    func with(_ name: String, _ value: String) -> Problem {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    /// The document. `type` is a relative reference that names the kind of problem and stays the same from version to version.
    func json(instance: String) -> [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.beginObject()
        json.key("type")
        json.string("/problems/" + title.lowercased().map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined())
        json.key("title")
        json.string(title)
        json.key("status")
        json.integer(Int64(status))
        json.key("detail")
        json.string(detail)
        json.key("instance")
        json.string(instance)
        if let requestID {
            json.key("requestId")
            json.string(requestID)
        }
        if !faults.isEmpty {
            json.key("errors")
            json.beginArray()
            for fault in faults {
                json.beginObject()
                json.key("pointer")
                json.string(fault.pointer)
                json.key("detail")
                json.string(fault.detail)
                json.endObject()
            }
            json.endArray()
        }
        json.endObject()
        return json.bytes
    }
}

extension Problem {
    static func notFound(_ what: String) -> Problem { Problem(404, "Not found", what) }

    static func unknownJob(_ id: String) -> Problem {
        Problem(404, "Unknown request", "There is no request with the id '\(id)'. Look at the requestId of the acknowledgement.")
    }

    static func purged(_ id: String) -> Problem {
        Problem(410, "Purged", "The request '\(id)' has ended and its record has been removed after the operation's retention.")
    }

    static func notAllowed(_ method: String, _ route: Route) -> Problem {
        Problem(405, "Method not allowed", "This path answers \(route.methods), not \(method).").with("Allow", route.methods)
    }

    static func notImplemented(_ what: String) -> Problem {
        Problem(501, "Not implemented", "\(what) is part of the interface, but this version does not serve it yet.")
    }

    static func unavailable(_ detail: String, retryAfter seconds: Int = 1) -> Problem {
        Problem(503, "Unavailable", detail).with("Retry-After", "\(seconds)")
    }

    static func malformed(_ detail: String) -> Problem { Problem(400, "Malformed request", detail) }
}
