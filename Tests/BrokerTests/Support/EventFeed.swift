import Avro
import HTTPClient

/// What a stream of server-sent events has brought so far.
struct EventFeed: Sendable {
    struct Event: Sendable {
        var id = ""
        var data = ""
        var name: String?
    }

    var events: [Event] = []
    var isEnded = false
    private var text = ""

    mutating func take(_ bytes: [UInt8]) {
        text += String(decoding: bytes, as: UTF8.self)
        while let end = text.firstRange(of: "\n\n") {
            var event = Event()
            for line in text[..<end.lowerBound].split(separator: "\n") {
                let value = line.firstIndex(of: ":").map { line[line.index(after: $0)...].drop { $0 == " " } } ?? ""
                if line.hasPrefix("id:") { event.id = String(value) }
                if line.hasPrefix("data:") { event.data += value }
                if line.hasPrefix("event:") { event.name = String(value) }
            }
            text.removeSubrange(..<end.upperBound)
            if !event.data.isEmpty { events.append(event) }
        }
    }
}

extension Node {
    /// Reads a job's events to the stream's end, asking again while the node cannot answer yet (503); `feed` has them as they come.
    @discardableResult
    func events(_ id: String, lastEventID: String? = nil, into feed: Observed<EventFeed> = Observed(EventFeed())) async throws -> (
        status: Int, events: [EventFeed.Event]
    ) {
        var headers: [(name: String, value: String)] = [("Accept", "text/event-stream")]
        if let lastEventID { headers.append(("Last-Event-ID", lastEventID)) }
        while true {
            try Task.checkCancellation()
            let response = try await client.stream(HTTPRequest("GET", "\(base)/status/\(id)/events", headers: headers)) { chunk in
                feed.update { $0.take(chunk) }
                return true
            }
            if response.status == 503, feed.value.events.isEmpty {
                try await Pause.beforeAskingAgain()
                continue
            }
            feed.update { $0.isEnded = true }
            return (response.status, feed.value.events)
        }
    }
}
