import Core
import Events
import HTTPServer

/// `GET /status/{id}/parts?after=n`
enum PartsPage {
    /// - Parameter found: at most one more than `limit`.
    static func response(_ found: [JobPart], limit: Int, payloads: PayloadRenderer) -> Response {
        let page = Array(found.prefix(limit))
        return Answers.document(json(page, more: found.count > page.count, payloads: payloads), headers: [("Cache-Control", "no-store")])
    }

    static func json(_ parts: [JobPart], more: Bool, payloads: PayloadRenderer) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.beginObject()
        json.key("parts")
        json.beginArray()
        for part in parts {
            json.beginObject()
            json.key("index")
            json.integer(Int64(part.index))
            json.key("attempt")
            json.integer(Int64(part.attempt))
            json.key("time")
            JobDocument.time(part.time, &json)
            json.key("part")
            payloads.write(part.payload, as: .part, into: &json)
            json.endObject()
        }
        json.endArray()
        json.key("next")
        json.integer(more ? parts.last.map { Int64($0.index) } : nil)
        json.endObject()
        return json.bytes
    }
}
