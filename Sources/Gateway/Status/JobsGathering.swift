import Avro
import Core
import HTTPServer

/// Joins the pages of several nodes into one, newest first.
enum JobsGathering {
    private struct Row {
        let createdAt: Int64
        let id: RequestID
        let json: JSONValue
    }

    /// - Parameter pages: the bodies of the nodes' own pages.
    static func join(_ pages: [[UInt8]], limit: Int) -> [UInt8]? {
        var rows: [Row] = []
        var more = false
        for page in pages {
            guard let json = try? JSONValue(parsing: page), let jobs = json["jobs"]?.array else { return nil }
            if json["nextCursor"]?.string != nil { more = true }
            for job in jobs {
                guard let id = job["requestId"]?.string.flatMap({ RequestID($0) }), let text = job["createdAt"]?.string,
                    let time = Timestamp(rfc3339: text)
                else { return nil }
                rows.append(Row(createdAt: time.milliseconds, id: id, json: job))
            }
        }
        rows.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        if rows.count > limit {
            rows.removeSubrange(limit...)
            more = true
        }
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.key("jobs")
        json.beginArray()
        for row in rows { json.value { row.json.append(to: &$0) } }
        json.endArray()
        json.key("nextCursor")
        json.string(more ? rows.last.map { JobCursor(createdAt: Timestamp(milliseconds: $0.createdAt), id: $0.id).text } : nil)
        json.endObject()
        return json.bytes
    }
}
