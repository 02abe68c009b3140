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
        var horizon: JobCursor?
        for page in pages {
            guard let json = try? JSONValue(parsing: page), let jobs = json["jobs"]?.array else { return nil }
            for job in jobs {
                guard let id = job["requestId"]?.string.flatMap({ RequestID($0) }), let text = job["createdAt"]?.string,
                    let time = Timestamp(rfc3339: text)
                else { return nil }
                rows.append(Row(createdAt: time.milliseconds, id: id, json: job))
            }
            // A node that has more may have rows between the last of its page and the others' older ones: the joined page ends there.
            guard let next = json["nextCursor"]?.string else { continue }
            more = true
            guard let end = JobCursor(text: next) else { return nil }
            if horizon.map({ ($0.createdAt.milliseconds, $0.id) < (end.createdAt.milliseconds, end.id) }) ?? true { horizon = end }
        }
        if let horizon { rows.removeAll { ($0.createdAt, $0.id) < (horizon.createdAt.milliseconds, horizon.id) } }
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
        let last = rows.last.map { JobCursor(createdAt: Timestamp(milliseconds: $0.createdAt), id: $0.id) }
        json.string(more ? (last ?? horizon)?.text : nil)
        json.endObject()
        return json.bytes
    }
}
